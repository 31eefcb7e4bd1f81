package io.rollcall.reconciler.flow.coordinate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
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
		sets(run).forEach((kind, set) -> {
			GuardPolicy.Verdict verdict = GuardPolicy.judge(set.count, of.released(kind, now),
					() -> this.owned.ports.directory().active(of.organization, of.connection, kind), guard.of(kind));
			verdicts.add(new Verdict(HeldSet.open(of, set.hash(), kind, set.count, verdict.total(), verdict.limit(),
					set.names, run, now), set.last, verdict.held()));
		});
		of.judged(verdicts, run == null, now);
		this.owned.save();
	}

	/** The next of what was judged. */
	List<Waiting> page(Verdict verdict, @Nullable String after) {
		HeldSet set = verdict.set();
		return this.owned.ports.entries()
			.unjudged(set.connection(), set.run(), set.kind(), after, verdict.upTo(), PAGE);
	}

	/** What was let go has gone, and is taken out. */
	void carriedOut(@Nullable RunId run) {
		List<Verdict> verdicts = this.owned.coordination.verdictsOf(run);
		verdicts.stream()
			.filter((verdict) -> !verdict.held())
			.forEach((verdict) -> this.owned.ports.entries()
				.forget(this.owned.connection(), run, verdict.set().kind(), verdict.upTo()));
		if (!verdicts.isEmpty()) {
			this.owned.coordination.carriedOut(run);
			this.owned.save();
		}
	}

	/** Makes held sets of what was held, and tells of them. */
	void hold(Verdict verdict) {
		this.owned.ports.entries().hold(verdict.set(), verdict.upTo());
		tell("held:" + verdict.set().hash(), verdict.set());
	}

	/** Keeps what was not approved of a set as a held set of its own. */
	void holdOthers(HeldSet approved) {
		List<String> only = approved.only();
		if (only == null) {
			return;
		}
		ConnectionId connection = approved.connection();
		String hash = Counted.hashOf(approved.hash() + only.stream().sorted().toList());
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

	private Map<GuardedKind, Counted> sets(@Nullable RunId run) {
		Map<GuardedKind, Counted> sets = new EnumMap<>(GuardedKind.class);
		String after = null;
		List<Waiting> page;
		do {
			page = this.owned.ports.entries().unjudged(this.owned.connection(), run, null, after, null, PAGE);
			for (Waiting waiting : page) {
				sets.computeIfAbsent(waiting.entry().kind(), (kind) -> new Counted()).add(waiting);
				after = waiting.number();
			}
		}
		while (page.size() == PAGE);
		return sets;
	}

	/** A set while it is counted. */
	private static final class Counted {

		private final MessageDigest digest = sha256();

		private final List<String> names = new ArrayList<>();

		private long count;

		private String last = "";

		private void add(Waiting waiting) {
			Staged.Entry entry = waiting.entry();
			String one = "%s %s %s %s %d\n".formatted(entry.kind(), entry.object(), entry.id(), entry.team(),
					entry.revision());
			this.digest.update(one.getBytes(StandardCharsets.UTF_8));
			this.count++;
			this.last = waiting.number();
			if (this.names.size() < Tally.NAMES) {
				this.names.add(entry.name());
			}
		}

		private String hash() {
			return HexFormat.of().formatHex(this.digest.digest());
		}

		private static String hashOf(String text) {
			return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
		}

		private static MessageDigest sha256() {
			try {
				return MessageDigest.getInstance("SHA-256");
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException("every JVM has SHA-256", ex);
			}
		}

	}

}
