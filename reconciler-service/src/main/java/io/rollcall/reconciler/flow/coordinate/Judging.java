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
import io.rollcall.reconciler.flow.coordinate.HeldSets.HeldSet;
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
		Coordination before = this.owned.coordination();
		Connection connection = this.owned.ports.connections().find(this.owned.connection());
		Rules.Guard guard = (connection != null) ? connection.rules().guard() : Rules.Guard.standard();
		List<Verdict> verdicts = new ArrayList<>();
		sets(run).forEach((kind, set) -> {
			GuardPolicy.Verdict verdict = GuardPolicy.judge(set.count, before.released(kind, now),
					() -> this.owned.ports.directory().active(before.organization(), before.connection(), kind),
					guard.of(kind));
			verdicts.add(new Verdict(kind, run, set.last, set.hash(), set.count, verdict.held(), verdict.total(),
					verdict.limit(), set.names, now));
		});
		this.owned.save(before.judged(verdicts, run == null, now));
	}

	/** Makes held sets of what was held, and tells of them. */
	void hold(Verdict verdict) {
		ConnectionId connection = this.owned.connection();
		this.owned.ports.entries().hold(connection, verdict.run(), verdict.kind(), verdict.upTo(), verdict.hash());
		HeldSet set = new HeldSet(this.owned.coordination().organization(), connection, verdict.hash(), verdict.kind(),
				verdict.count(), verdict.total(), verdict.limit(), verdict.names(), verdict.run(), verdict.at(),
				HeldSet.Status.OPEN, null, null, null);
		this.owned.ports.heldSets().add(set);
		tell("held:" + set.hash(), set);
	}

	/** Keeps what was not approved of a set as a held set of its own. */
	void holdOthers(HeldSet approved) {
		List<String> only = approved.only();
		if (only == null) {
			return;
		}
		ConnectionId connection = this.owned.connection();
		String hash = Set.of(approved.hash() + only.stream().sorted().toList());
		long others = this.owned.ports.entries().split(connection, approved.hash(), only, hash);
		HeldSet rest = this.owned.ports.heldSets().find(connection, hash);
		if (others == 0 && rest == null) {
			return;
		}
		if (rest == null) {
			List<String> names = this.owned.ports.entries()
				.held(connection, hash, null, Tally.NAMES)
				.stream()
				.map((waiting) -> waiting.entry().name())
				.toList();
			rest = new HeldSet(approved.organization(), connection, hash, approved.kind(), others, approved.total(),
					approved.limit(), names, approved.run(), this.owned.now(), HeldSet.Status.OPEN, null, null, null);
			this.owned.ports.heldSets().add(rest);
		}
		tell("held:" + hash, rest);
	}

	/**
	 * A person is asked again about a set whose release was cut off: what of it went is
	 * not known here, and the approval may be old by now. Who went already is no matter,
	 * as nobody goes twice.
	 */
	void holdAgain(Run release, String hash) {
		this.owned.ports.heldSets().reopen(this.owned.connection(), hash);
		HeldSet set = this.owned.ports.heldSets().find(this.owned.connection(), hash);
		if (set != null) {
			tell("held:" + hash + ":again:" + release.id(), set);
		}
	}

	/** Closes held sets of which nobody is to go any more: people were restored. */
	void closeWhatIsOver(RunId endedNow) {
		ConnectionId connection = this.owned.connection();
		for (HeldSet set : this.owned.ports.heldSets().of(connection, HeldSet.Status.OPEN, PAGE)) {
			if (!endedNow.equals(set.run()) && !isAnyLeft(set)) {
				Instant now = this.owned.now();
				this.owned.tell("held:" + set.hash() + ":closed", new RunEvent.HeldSetClosed(set.organization(),
						connection, set.hash(), set.kind(), false, null, now));
				this.owned.ports.entries().forget(connection, set.hash());
				this.owned.ports.heldSets().judge(connection, set.hash(), HeldSet.Status.OVER, null, null, now);
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

	private Map<GuardedKind, Set> sets(@Nullable RunId run) {
		Map<GuardedKind, Set> sets = new EnumMap<>(GuardedKind.class);
		String after = null;
		List<Waiting> page;
		do {
			page = this.owned.ports.entries().unjudged(this.owned.connection(), run, null, after, null, PAGE);
			for (Waiting waiting : page) {
				sets.computeIfAbsent(waiting.entry().kind(), (kind) -> new Set()).add(waiting);
				after = waiting.number();
			}
		}
		while (page.size() == PAGE);
		return sets;
	}

	/** A set while it is counted. */
	private static final class Set {

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

		private static String of(String text) {
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
