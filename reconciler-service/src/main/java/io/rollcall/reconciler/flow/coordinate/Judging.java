package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.RunEvent;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Coordination.Verdict;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.HeldSet;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.Waiting;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.guard.GuardPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The guard. What it says of a set stands in the connection's document, with what goes
 * counted, before anything follows from it.
 */
final class Judging {

	/** How many entries are read at once. */
	static final int PAGE = 1_000;

	private final Owned owned;

	Judging(Owned owned) {
		this.owned = owned;
	}

	/** Judges all that a run staged, or that live reads staged, by kind. */
	void judge(@Nullable RunId run) {
		Instant now = this.owned.now();
		Coordination of = this.owned.coordination;
		Connection connection = this.owned.ports.connections().find(of.connection);
		Rules.Guard guard = (connection != null) ? connection.rules().guard() : Rules.Guard.standard();
		List<Verdict> verdicts = new ArrayList<>();
		Map<GuardedKind, Counted> sets = new EnumMap<>(GuardedKind.class);
		String last = count(run, sets);
		sets.forEach((kind, set) -> {
			GuardPolicy.Verdict verdict = GuardPolicy.judge(set.count, of.released(kind, now),
					() -> this.owned.ports.directory().active(of.organization, of.connection, kind), guard.of(kind));
			// An entry's number is given once, so that this is the hash of exactly this
			// set.
			String hash = this.owned.idOf("held:" + kind + ":" + last);
			String preview = verdict.held() ? previewed(run, kind) : null;
			verdicts.add(new Verdict(
					HeldSet.open(of, hash, kind, set.count, verdict.total(), verdict.limit(), set.names, run, now),
					last, verdict.held() && preview == null, preview));
		});
		of.judged(verdicts, run == null, now);
		this.owned.save();
	}

	/** The preview that showed all of what a run staged of a kind; null if none did. */
	private @Nullable String previewed(@Nullable RunId id, GuardedKind kind) {
		Run run = this.owned.run(id);
		String preview = (run != null) ? run.preview : null;
		if (preview == null) {
			return null;
		}
		String last = "";
		List<Waiting> page;
		do {
			page = this.owned.ports.entries().unjudged(this.owned.connection(), id, last, null, PAGE);
			List<Staged.Entry> entries = page.stream()
				.map(Waiting::entry)
				.filter((entry) -> entry.kind() == kind)
				.toList();
			if (!this.owned.ports.directory().isPreviewed(preview, entries)) {
				return null;
			}
			last = page.isEmpty() ? last : page.getLast().number();
		}
		while (page.size() == PAGE);
		return preview;
	}

	/** Makes held sets of what was held, and tells of them; how many are in them. */
	long hold(@Nullable RunId run) {
		long held = 0;
		for (Verdict verdict : this.owned.coordination.verdictsOf(run)) {
			if (verdict.held()) {
				this.owned.ports.entries().hold(verdict.set(), verdict.upTo());
				tell("held:" + verdict.set().hash(), verdict.set());
				held += verdict.set().count();
			}
		}
		return held;
	}

	/** The next of what may go: of what was judged all that was not held. */
	List<Waiting> next(@Nullable RunId run, @Nullable String after) {
		List<Verdict> verdicts = this.owned.coordination.verdictsOf(run);
		return verdicts.isEmpty() ? List.of() : this.owned.ports.entries()
			.unjudged(this.owned.connection(), run, after, verdicts.getFirst().upTo(), PAGE);
	}

	/** What may go has gone, and is taken out. */
	void carriedOut(@Nullable RunId run) {
		List<Verdict> verdicts = this.owned.coordination.verdictsOf(run);
		if (!verdicts.isEmpty()) {
			this.owned.ports.entries().forget(this.owned.connection(), run, verdicts.getFirst().upTo());
			this.owned.coordination.carriedOut(run);
			this.owned.save();
		}
	}

	/** Keeps what was not approved of a set as a held set of its own. */
	void holdOthers(HeldSet approved) {
		List<String> only = approved.only();
		if (only == null) {
			return;
		}
		ConnectionId connection = approved.connection();
		String hash = this.owned.idOf("others:" + approved.hash() + only.stream().sorted().toList());
		long others = this.owned.ports.entries().split(connection, approved.hash(), only, hash);
		HeldSet rest = this.owned.ports.entries().find(connection, hash);
		if (rest == null && others > 0) {
			List<String> names = this.owned.ports.entries()
				.held(connection, hash, null, Tally.NAMES)
				.stream()
				.map((waiting) -> waiting.entry().name())
				.toList();
			rest = HeldSet.open(this.owned.coordination, hash, approved.kind(), others, approved.total(),
					approved.limit(), names, approved.run(), this.owned.now());
			this.owned.ports.entries().add(rest);
		}
		if (rest != null) {
			tell("held:" + hash, rest);
		}
	}

	/**
	 * A person is asked again about a set whose release was cut off: what of it went is
	 * not known here, and the approval may be old by now. Who went already is no matter,
	 * as nobody goes twice.
	 */
	void holdAgain(Run release, String hash) {
		this.owned.ports.entries().reopen(this.owned.connection(), hash);
		HeldSet set = this.owned.ports.entries().find(this.owned.connection(), hash);
		if (set != null) {
			tell("held:" + hash + ":again:" + release.id(), set);
		}
	}

	/** Closes held sets of which nobody is to go any more: people were restored. */
	void closeWhatIsOver(RunId endedNow) {
		ConnectionId connection = this.owned.connection();
		for (HeldSet set : this.owned.ports.entries().sets(connection, HeldSet.Status.OPEN, PAGE)) {
			if (!endedNow.equals(set.run()) && !isAnyLeft(set)) {
				Instant now = this.owned.now();
				this.owned.tell("held:" + set.hash() + ":closed", new RunEvent.HeldSetClosed(set.organization(),
						connection, set.hash(), set.kind(), false, null, now));
				this.owned.ports.entries().forget(connection, set.hash());
				this.owned.ports.entries().judge(connection, set.hash(), HeldSet.Status.OVER, null, null, now);
			}
		}
	}

	private boolean isAnyLeft(HeldSet set) {
		String after = null;
		List<Waiting> page;
		do {
			page = this.owned.ports.entries().held(set.connection(), set.hash(), after, PAGE);
			if (this.owned.ports.directory()
				.isAnyStaged(set.organization(), set.kind(), page.stream().map(Waiting::entry).toList())) {
				return true;
			}
			after = page.isEmpty() ? null : page.getLast().number();
		}
		while (page.size() == PAGE);
		return false;
	}

	private void tell(String id, HeldSet set) {
		this.owned.tell(id, new RunEvent.SetHeld(set.organization(), set.connection(), set.hash(), set.kind(),
				set.count(), set.total(), set.limit(), set.names(), set.run(), set.at()));
	}

	/** Counts what is to be judged, by kind; the number of the last entry. */
	private String count(@Nullable RunId run, Map<GuardedKind, Counted> sets) {
		String last = "";
		List<Waiting> page;
		do {
			page = this.owned.ports.entries().unjudged(this.owned.connection(), run, last, null, PAGE);
			for (Waiting waiting : page) {
				sets.computeIfAbsent(waiting.entry().kind(), (_) -> new Counted()).add(waiting.entry().name());
				last = waiting.number();
			}
		}
		while (page.size() == PAGE);
		return last;
	}

	/** A set while it is counted. */
	private static final class Counted {

		private final List<String> names = new ArrayList<>();

		private long count;

		private void add(String name) {
			this.count++;
			if (this.names.size() < Tally.NAMES) {
				this.names.add(name);
			}
		}

	}

}
