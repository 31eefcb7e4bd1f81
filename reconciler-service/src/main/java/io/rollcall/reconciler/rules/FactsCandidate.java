package io.rollcall.reconciler.rules;

import java.util.Set;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.reconciler.rules.scope.Answer;
import io.rollcall.reconciler.rules.scope.Candidate;
import org.jspecify.annotations.Nullable;

/** A directory user as a scope looks at it. */
record FactsCandidate(Facts facts, Containers containers) implements Candidate {

	@Override
	public ObjectId object() {
		return this.facts.key().object();
	}

	@Override
	public Attributes attributes() {
		return this.facts.attributes();
	}

	@Override
	public @Nullable Reason departure() {
		Departure departure = this.facts.departure();
		return (departure != null) ? departure.reason() : null;
	}

	@Override
	public boolean ignored() {
		return this.facts.ignored();
	}

	@Override
	public Answer isIn(ContainerKind kind, ObjectId container, boolean nested) {
		Answer answer = Answer.NO;
		for (Container in : this.facts.in()) {
			boolean itself = in.kind() == kind && in.object().equals(container);
			if (itself || (nested && in.kind() == ContainerKind.GROUP)) {
				Answer one = counts(in);
				if (one == Answer.YES && !itself) {
					one = isAbove(container, in);
				}
				if (one == Answer.YES) {
					return one;
				}
				answer = (one == Answer.UNREAD) ? one : answer;
			}
		}
		boolean hidden = answer == Answer.NO && this.containers.isHidden(new Container(kind, container));
		return hidden ? Answer.HIDDEN : answer;
	}

	private Answer counts(Container in) {
		Facts of = this.containers.facts(in);
		if (of == null || (!of.wasRead() && of.departure() == null)) {
			return Answer.UNREAD;
		}
		return of.counts(this.facts.stampOf(in)) ? Answer.YES : Answer.NO;
	}

	private Answer isAbove(ObjectId group, Container in) {
		Set<Container> above = this.containers.above(in);
		if (above == null) {
			return Answer.UNREAD;
		}
		return above.contains(new Container(ContainerKind.GROUP, group)) ? Answer.YES : Answer.NO;
	}

}
