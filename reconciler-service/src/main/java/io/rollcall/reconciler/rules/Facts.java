package io.rollcall.reconciler.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * A directory object as last observed, in cells that keep their own stamp: itself, its
 * manager, each edge by container.
 *
 * @param self null while only edges or a manager of it were seen
 * @param lastSeen the newest stamp of any reading of the object itself
 * @param ignored whether a person said never to sync it
 * @param commands the newest commands applied here, so that their callers can be answered
 * @param turns how often what others read of it changed between living and not
 * @param version of all but the edges: 0 before it is stored, rises with every write
 */
public record Facts(OrganizationId organization, ObjectKey key, ObjectKind kind, @Nullable Self self,
		@Nullable ManagerCell manager, Map<ObjectId, Edge> edges, Stamp lastSeen, boolean ignored,
		List<String> commands, int turns, long version) {

	public Facts {
		edges = Collections.unmodifiableMap(new LinkedHashMap<>(edges));
		commands = List.copyOf(commands);
	}

	/** An object of which nothing is known yet. */
	public static Facts unknown(OrganizationId organization, ObjectKey key, ObjectKind kind) {
		return new Facts(organization, key, kind, null, null, Map.of(), Stamp.NONE, false, List.of(), 0, 0);
	}

	/** Whether its attributes were ever read: without them nothing is decided. */
	public boolean hasAttributes() {
		return this.self != null && !this.self.attributes().values().isEmpty();
	}

	/** Whether the directory has it, as far as was observed. */
	public boolean live() {
		return hasAttributes() && this.self != null && this.self.departure() == null;
	}

	/** The containers it is a member of. */
	public List<ObjectId> containers() {
		return this.edges.values().stream().filter(Edge::present).map(Edge::container).toList();
	}

	/** These facts with other edges. */
	public Facts withEdges(Map<ObjectId, Edge> others) {
		return new Facts(this.organization, this.key, this.kind, this.self, this.manager, others, this.lastSeen,
				this.ignored, this.commands, this.turns, this.version);
	}

	/** Whether these facts say the same as others, whatever their edges. */
	public boolean sameButEdges(Facts others) {
		return this.lastSeen.equals(others.lastSeen) && this.ignored == others.ignored
				&& Objects.equals(this.self, others.self) && Objects.equals(this.manager, others.manager)
				&& this.commands.equals(others.commands);
	}

	/**
	 * These facts as they follow the stored ones: the next version of the object, unless
	 * only edges differ, which are stored by themselves.
	 */
	public Facts following(Facts stored) {
		if (sameButEdges(stored)) {
			return this;
		}
		return new Facts(this.organization, this.key, this.kind, this.self, this.manager, this.edges, this.lastSeen,
				this.ignored, this.commands, stored.turns + ((live() != stored.live()) ? 1 : 0), stored.version + 1);
	}

	/**
	 * The object itself.
	 *
	 * @param attributes whole, as last read; kept when the object goes away
	 * @param departure how it went away; null while it is there
	 */
	public record Self(Stamp stamp, int selection, Attributes attributes, @Nullable Departure departure) {
	}

	/** The object's manager, null when it has none. */
	public record ManagerCell(Stamp stamp, @Nullable ObjectId manager) {
	}

}
