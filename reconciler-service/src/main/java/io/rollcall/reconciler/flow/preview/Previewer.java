package io.rollcall.reconciler.flow.preview;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.DecisionInputs;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.reconciler.flow.apply.Organizations;
import io.rollcall.reconciler.flow.coordinate.Coordination;
import io.rollcall.reconciler.flow.coordinate.Directory;
import io.rollcall.reconciler.flow.coordinate.Nestings;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.preview.Preview.Guarded;
import io.rollcall.reconciler.flow.preview.Preview.Of;
import io.rollcall.reconciler.flow.preview.Preview.Status;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.guard.GuardPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries rules on everybody, in the background, one preview of an instance after the
 * other: everybody is decided, the guard is asked, what it lets go goes, and then what it
 * holds, as if a person had approved it. What is lost with a process is begun anew by
 * whoever asks for it: it takes seconds for each 10,000 people.
 */
public final class Previewer {

	private static final Logger log = LoggerFactory.getLogger(Previewer.class);

	/** The most objects in one batch. */
	private static final int BATCH = 2_000;

	/** The most containers whose members are looked for at once. */
	private static final int CONTAINERS = 100;

	/** The most outcomes of which something is let go at once. */
	private static final int RELEASED = 500;

	/** Among so many the open ones are looked for. */
	private static final int RECENT = 10;

	private final DirectoryObjects objects;

	private final DecisionInputs inputs;

	private final Organizations organizations;

	private final Ports ports;

	private final Previews previews;

	private final Semaphore one = new Semaphore(1, true);

	public Previewer(DirectoryObjects objects, DecisionInputs inputs, Organizations organizations, Ports ports,
			Previews previews) {
		this.objects = objects;
		this.inputs = inputs;
		this.organizations = organizations;
		this.ports = ports;
		this.previews = previews;
	}

	/** Begins a preview, which ends the one before. */
	public Preview begin(Connection connection, Of of, Rules rules, int version, String by) {
		this.previews.newest(connection.id(), RECENT).forEach(this::cancel);
		Preview preview = Preview.begun(UUID.randomUUID().toString(), connection.organization(), connection.id(), of,
				version, by, now());
		this.previews.add(preview);
		Connection tried = DryRun.with(connection, rules);
		Thread.ofVirtual().name("preview-" + preview.id()).start(() -> new Trying(preview, tried).run());
		return preview;
	}

	/** Ends a preview, unless it has ended. */
	public void cancel(Preview preview) {
		if (preview.isOpen()) {
			this.previews.save(preview.ended(Status.CANCELLED, null, now()));
		}
	}

	/**
	 * What rules would make of one object, by itself: what others would do then is not
	 * looked at, and the guard is taken to let everything go.
	 */
	public List<Outcome> explain(Connection connection, Rules rules, ObjectId object) {
		RememberedOutcomes outcomes = new RememberedOutcomes();
		DryRun dryRun = new DryRun(this.objects, this.inputs, this.organizations, outcomes,
				DryRun.with(connection, rules), this.ports.clock());
		if (!connection.rules().hasNestedGroups()) {
			dryRun.follow(nestings(connection.id(), rules));
		}
		dryRun.decide(List.of(object));
		Set<GuardedKind> staged = dryRun.takeStaged().keySet();
		if (!staged.isEmpty()) {
			dryRun.approve();
			dryRun.release(staged, RELEASED);
		}
		return outcomes.all();
	}

	/** Null when there is none. */
	public @Nullable Preview find(ConnectionId connection, String id) {
		Preview found = this.previews.find(connection, id);
		return (found != null) ? found.at(now()) : null;
	}

	/** The newest first. */
	public List<Preview> newest(ConnectionId connection, int limit) {
		return this.previews.newest(connection, limit).stream().map((found) -> found.at(now())).toList();
	}

	/** Worked out anew: as long as no rules that hold ask for it nobody keeps it. */
	private Map<ObjectId, Nesting> nestings(ConnectionId connection, Rules rules) {
		if (!rules.hasNestedGroups()) {
			return Map.of();
		}
		Map<ObjectId, Facts> groups = new LinkedHashMap<>();
		String cursor = null;
		do {
			Nestings.Slice slice = this.ports.nestings().walk(connection, cursor);
			slice.groups().forEach((facts) -> groups.put(facts.key().object(), facts));
			cursor = slice.next();
		}
		while (cursor != null);
		return Nesting.of(groups, (_) -> null, (_) -> null);
	}

	private Instant now() {
		return this.ports.clock().instant();
	}

	/** One preview on its thread. */
	final class Trying implements Runnable {

		private final Connection connection;

		private final DryRun dryRun;

		private final Map<GuardedKind, Guarded> guard = new EnumMap<>(GuardedKind.class);

		private final Map<GuardedKind, Long> released = new EnumMap<>(GuardedKind.class);

		private Preview preview;

		private long decided;

		private long total;

		private Trying(Preview preview, Connection connection) {
			this.preview = preview;
			this.connection = connection;
			this.dryRun = new DryRun(Previewer.this.objects, Previewer.this.inputs, Previewer.this.organizations,
					Previewer.this.previews.outcomes(preview), connection, Previewer.this.ports.clock());
		}

		@Override
		public void run() {
			try {
				awaitTurn();
				try {
					everybody();
					guarded();
					approved();
				}
				finally {
					Previewer.this.one.release();
				}
				end(Status.COMPLETED, null);
			}
			catch (Ended ex) {
				// It is stored how.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (Throwable ex) {
				log.warn("Preview {} of connection {} failed", this.preview.id(), this.connection.id(), ex);
				end(Status.FAILED, ex.getClass().getSimpleName());
			}
		}

		private void awaitTurn() throws InterruptedException {
			while (!Previewer.this.one.tryAcquire(Preview.LOST_AFTER.dividedBy(4).toMillis(), TimeUnit.MILLISECONDS)) {
				save(this.preview.touched(now()));
			}
		}

		private void everybody() {
			Directory directory = Previewer.this.ports.directory();
			ConnectionId id = this.connection.id();
			this.total = directory.count(id);
			this.dryRun.follow(nestings(id, this.connection.rules()));
			String cursor = null;
			do {
				Directory.Slice slice = directory.everybody(id, cursor);
				this.dryRun.walk(slice.objects());
				this.decided += slice.objects().size();
				while (this.dryRun.asked() >= BATCH) {
					decideAsked();
				}
				saveProgress();
				cursor = slice.next();
			}
			while (cursor != null);
			settle();
		}

		/** Asks the guard about what is staged, until nothing more is. */
		private void guarded() {
			Map<GuardedKind, Long> staged = this.dryRun.takeStaged();
			while (!staged.isEmpty()) {
				Set<GuardedKind> going = EnumSet.noneOf(GuardedKind.class);
				staged.forEach((kind, count) -> {
					if (!judge(kind, count).held()) {
						going.add(kind);
					}
				});
				if (!going.isEmpty()) {
					release(going);
				}
				staged = this.dryRun.takeStaged();
			}
		}

		/** What a release stages itself counts to the set of its kind. */
		private Guarded judge(GuardedKind kind, long count) {
			Guarded before = this.guard.get(kind);
			GuardPolicy.Verdict verdict = GuardPolicy.judge(count, released(kind),
					() -> Previewer.this.ports.directory()
						.active(this.connection.organization(), this.connection.id(), kind) + this.dryRun.active(kind),
					this.connection.rules().guard().of(kind));
			boolean held = verdict.held() || (before != null && before.held());
			Guarded said = new Guarded(kind, count + ((before != null) ? before.count() : 0), verdict.total(),
					verdict.limit(), held);
			this.guard.put(kind, said);
			if (!held) {
				this.released.merge(kind, count, Long::sum);
			}
			return said;
		}

		private long released(GuardedKind kind) {
			return this.released.computeIfAbsent(kind, (_) -> {
				Coordination of = Previewer.this.ports.coordinations().find(this.connection.id());
				return (of != null) ? of.released(kind, now()) : 0;
			});
		}

		private void approved() {
			Set<GuardedKind> held = EnumSet.noneOf(GuardedKind.class);
			this.guard.values().stream().filter(Guarded::held).map(Guarded::kind).forEach(held::add);
			if (!held.isEmpty()) {
				this.dryRun.approve();
				do {
					release(held);
					held = this.dryRun.takeStaged().keySet();
				}
				while (!held.isEmpty());
			}
		}

		private void release(Set<GuardedKind> kinds) {
			this.dryRun.release(kinds, RELEASED);
			settle();
		}

		/** Until what was decided has no more consequences for others. */
		private void settle() {
			List<String> containers = this.dryRun.takeContainers();
			while (this.dryRun.asked() > 0 || !containers.isEmpty()) {
				for (int from = 0; from < containers.size(); from += CONTAINERS) {
					decideMembers(containers.subList(from, Math.min(containers.size(), from + CONTAINERS)));
				}
				while (this.dryRun.asked() > 0) {
					decideAsked();
				}
				containers = this.dryRun.takeContainers();
			}
			saveProgress();
		}

		private void decideMembers(List<String> containers) {
			String cursor = null;
			do {
				Directory.Slice slice = Previewer.this.ports.directory()
					.members(this.connection.id(), containers, cursor, BATCH);
				this.dryRun.decide(slice.objects());
				goOn();
				cursor = slice.next();
			}
			while (cursor != null);
		}

		private void decideAsked() {
			this.dryRun.decideAsked(BATCH);
			goOn();
		}

		private void goOn() {
			if (this.preview.touchedAt().plus(Preview.LOST_AFTER.dividedBy(4)).isBefore(now())) {
				saveProgress();
			}
		}

		private void saveProgress() {
			save(this.preview.running(this.decided, this.total, this.dryRun, List.copyOf(this.guard.values()), now()));
		}

		private void end(Status how, @Nullable String why) {
			Previewer.this.previews.save(this.preview.ended(how, why, now()));
		}

		private void save(Preview next) {
			this.preview = next;
			if (!Previewer.this.previews.save(next)) {
				throw new Ended();
			}
		}

	}

	/** Somebody ended the preview. */
	private static final class Ended extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private Ended() {
			super("the preview was ended", null, false, false);
		}

	}

}
