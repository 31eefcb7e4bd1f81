package io.rollcall.reconciler.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.DecideRequested;
import io.rollcall.model.directory.Observation.IgnoreRequested;
import io.rollcall.model.directory.Observation.ManualMemberRequested;
import io.rollcall.model.directory.Observation.ObjectUnseen;
import io.rollcall.model.directory.Observation.Reading;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.FactsMerge;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Release;
import org.jspecify.annotations.Nullable;

/**
 * One object of a segment: its facts after all its records, and what else they asked for.
 */
final class ObjectWork {

	private final List<Release> releases = new ArrayList<>();

	private final List<ManualMemberRequested> manual = new ArrayList<>();

	private final int partition;

	private final long firstOffset;

	private final Facts before;

	private Facts facts;

	private @Nullable RunId run;

	private long offset;

	private boolean bulk;

	ObjectWork(int partition, long firstOffset, Facts facts) {
		this.partition = partition;
		this.firstOffset = firstOffset;
		this.before = facts;
		this.facts = facts;
	}

	void add(Batch.Entry entry, Observation.OfObject record, Instant now) {
		this.offset = entry.offset();
		this.bulk = entry.bulk();
		this.facts = ask(entry.offset(), () -> FactsMerge.merge(this.facts, record, now));
		switch (record) {
			case Reading reading -> this.run = reading.run();
			case ObjectUnseen unseen -> this.run = unseen.run();
			case DecideRequested decide -> this.run = (decide.run() != null) ? decide.run() : this.run;
			case StagedReleased released -> {
				this.run = released.run();
				this.releases.add(Release.parse(released.batch()));
			}
			case ManualMemberRequested request -> this.manual.add(request);
			case IgnoreRequested _ -> {
			}
		}
	}

	/**
	 * Asks rules about the object. They are pure: where they fail they fail again, and
	 * the object's records are bad, from the first one on. Its facts are written by then,
	 * so it is decided by them when the rules are repaired.
	 */
	<T> T ask(Supplier<T> rules) {
		return ask(this.firstOffset, rules);
	}

	private <T> T ask(long offset, Supplier<T> rules) {
		try {
			return rules.get();
		}
		catch (RuntimeException ex) {
			throw new BadObservation(this.partition, offset,
					"the rules fail for %s: %s. Redrive it when they are repaired".formatted(key(), ex), ex);
		}
	}

	/** What is to be stored of changed facts. */
	FactsWrite write() {
		return new FactsWrite(this.before, this.facts);
	}

	/** Makes changed facts the next version of those that were read. */
	void close() {
		if (this.facts != this.before) {
			this.facts = this.facts.following(this.before);
		}
	}

	boolean changed() {
		return this.facts != this.before;
	}

	ObjectKey key() {
		return this.facts.key();
	}

	Facts facts() {
		return this.facts;
	}

	int partition() {
		return this.partition;
	}

	@Nullable RunId run() {
		return this.run;
	}

	/** The offset of the object's last record: the cause of what is decided. */
	long offset() {
		return this.offset;
	}

	boolean bulk() {
		return this.bulk;
	}

	List<Release> releases() {
		return this.releases;
	}

	List<ManualMemberRequested> manual() {
		return this.manual;
	}

}
