package io.rollcall.reconciler.rules;

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
			if (in.kind() == kind && in.object().equals(container)) {
				Answer counts = counts(in);
				if (counts == Answer.YES) {
					return counts;
				}
				answer = (counts == Answer.UNREAD) ? counts : answer;
			}
		}
		return answer;
	}

	private Answer counts(Container in) {
		Facts of = this.containers.facts(in);
		if (of == null || (!of.wasRead() && of.departure() == null)) {
			return Answer.UNREAD;
		}
		return of.counts(this.facts.stampOf(in)) ? Answer.YES : Answer.NO;
	}

}
