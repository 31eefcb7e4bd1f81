package io.rollcall.reconciler.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.IgnoreRequested;
import io.rollcall.model.directory.Observation.ManagerObserved;
import io.rollcall.model.directory.Observation.MembershipObserved;
import io.rollcall.model.directory.Observation.ObjectObserved;
import io.rollcall.model.directory.Observation.ObjectRemoved;
import io.rollcall.model.directory.Observation.ObjectUnseen;
import org.jspecify.annotations.Nullable;

/**
 * Folds a record into an object's facts, cell by cell. A cell takes a reading only when
 * the reading's stamp is after the cell's, so that readings may come late, twice or in
 * another order. The same instance comes back when nothing changed.
 */
public final class FactsMerge {

	/** How long an ended membership is remembered. */
	static final Duration TOMBSTONE_KEPT = Duration.ofHours(24);

	private static final int COMMANDS_KEPT = 8;

	private FactsMerge() {
	}

	/**
	 * The facts after a record.
	 * @param now for tombstones, the time of the merge
	 */
	public static Facts merge(Facts facts, Observation.OfObject record, Instant now) {
		return switch (record) {
			case ObjectObserved observed -> observed(facts, observed);
			case ObjectRemoved removed -> removed(facts, removed);
			case MembershipObserved membership -> membership(facts, membership, now);
			case ManagerObserved manager -> manager(facts, manager);
			case ObjectUnseen unseen -> unseen(facts, unseen, now);
			case IgnoreRequested ignore -> ignore(facts, ignore);
			case Observation.DecideRequested _, Observation.StagedReleased _, Observation.ManualMemberRequested _ ->
				facts;
		};
	}

	private static Facts observed(Facts facts, ObjectObserved observed) {
		if (!after(observed.stamp(), facts.self())) {
			return facts;
		}
		return withSelf(facts, observed.kind(),
				new Facts.Self(observed.stamp(), observed.selection(), observed.attributes(), null), observed.stamp());
	}

	private static Facts removed(Facts facts, ObjectRemoved removed) {
		Facts.Self self = facts.self();
		if (!after(removed.stamp(), self)) {
			return facts;
		}
		Departure departure = switch (removed.reason()) {
			case RESTORABLE -> Departure.DELETED;
			case PERMANENT -> Departure.PURGED;
		};
		return withSelf(facts, removed.kind(), gone(self, removed.stamp(), departure), removed.stamp());
	}

	private static Facts membership(Facts facts, MembershipObserved reading, Instant now) {
		Edge known = facts.edges().get(reading.container());
		if (known != null && !reading.stamp().isAfter(known.stamp())) {
			return facts;
		}
		Map<ObjectId, Edge> edges = new LinkedHashMap<>(facts.edges());
		edges.put(reading.container(), new Edge(reading.container(), reading.containerKind(), reading.present(),
				reading.stamp(), reading.present() ? null : now));
		forgetOldTombstones(edges, now);
		ObjectKind kind = (facts.self() == null && facts.kind() == ObjectKind.OTHER) ? reading.kind() : facts.kind();
		return new Facts(facts.organization(), facts.key(), kind, facts.self(), facts.manager(), edges,
				facts.lastSeen(), facts.ignored(), facts.commands(), facts.turns(), facts.version());
	}

	private static Facts manager(Facts facts, ManagerObserved reading) {
		Facts.ManagerCell known = facts.manager();
		if (known != null && !reading.stamp().isAfter(known.stamp())) {
			return facts;
		}
		return new Facts(facts.organization(), facts.key(), facts.kind(), facts.self(),
				new Facts.ManagerCell(reading.stamp(), reading.manager()), facts.edges(), facts.lastSeen(),
				facts.ignored(), facts.commands(), facts.turns(), facts.version());
	}

	private static Facts unseen(Facts facts, ObjectUnseen unseen, Instant now) {
		Stamp start = unseen.startedAt();
		Facts.Self self = facts.self();
		boolean gone = self != null && self.departure() == null && start.isAfter(facts.lastSeen())
				&& start.isAfter(self.stamp());
		boolean edgesGone = facts.edges().values().stream().anyMatch((edge) -> endedBefore(edge, start));
		if (!gone && !edgesGone) {
			return facts;
		}
		Map<ObjectId, Edge> edges = new LinkedHashMap<>(facts.edges());
		edges.replaceAll((container, edge) -> endedBefore(edge, start)
				? new Edge(container, edge.kind(), false, start, now) : edge);
		return new Facts(facts.organization(), facts.key(), facts.kind(),
				gone ? gone(self, start, Departure.UNSEEN) : self, facts.manager(), edges, facts.lastSeen(),
				facts.ignored(), facts.commands(), facts.turns(), facts.version());
	}

	private static Facts ignore(Facts facts, IgnoreRequested request) {
		if (facts.commands().contains(request.command())) {
			return facts;
		}
		return new Facts(facts.organization(), facts.key(), facts.kind(), facts.self(), facts.manager(), facts.edges(),
				facts.lastSeen(), request.ignored(), remember(facts.commands(), request.command()), facts.turns(),
				facts.version());
	}

	/** The commands with one more, the oldest forgotten. */
	static List<String> remember(List<String> commands, String command) {
		List<String> known = new ArrayList<>(commands);
		known.add(command);
		return known.subList(Math.max(0, known.size() - COMMANDS_KEPT), known.size());
	}

	private static Facts withSelf(Facts facts, ObjectKind kind, Facts.Self self, Stamp seen) {
		return new Facts(facts.organization(), facts.key(), kind, self, facts.manager(), facts.edges(),
				seen.isAfter(facts.lastSeen()) ? seen : facts.lastSeen(), facts.ignored(), facts.commands(),
				facts.turns(), facts.version());
	}

	private static Facts.Self gone(Facts.@Nullable Self self, Stamp stamp, Departure departure) {
		return new Facts.Self(stamp, (self != null) ? self.selection() : 0,
				(self != null) ? self.attributes() : Attributes.NONE, departure);
	}

	private static boolean after(Stamp stamp, Facts.@Nullable Self self) {
		return self == null || stamp.isAfter(self.stamp());
	}

	private static boolean endedBefore(Edge edge, Stamp start) {
		return edge.present() && start.isAfter(edge.stamp());
	}

	private static void forgetOldTombstones(Map<ObjectId, Edge> edges, Instant now) {
		Instant oldest = now.minus(TOMBSTONE_KEPT);
		edges.values().removeIf((edge) -> edge.removedAt() != null && edge.removedAt().isBefore(oldest));
	}

}
