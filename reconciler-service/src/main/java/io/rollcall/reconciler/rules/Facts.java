package io.rollcall.reconciler.rules;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.mapping.Text;
import org.jspecify.annotations.Nullable;

/**
 * A directory object as last observed.
 *
 * @param whole its own page; null while only edges of it were seen
 * @param in what it is in now
 * @param listed the stamp of the last reading that had all its edges
 * @param newer what is newer than that, removals included; one for each container, and
 * one for all managers
 * @param membersListed of a container: edges to it that are older do not count
 * @param said what people said about it
 * @param revision rises with every write but those of stamps alone; 0 before it is stored
 */
public record Facts(OrganizationId organization, ObjectKey key, ObjectKind kind, @Nullable Whole whole,
		List<Container> in, Stamp listed, List<Newer> newer, Stamp membersListed, Said said, long revision) {

	public Facts {
		in = List.copyOf(in);
		newer = List.copyOf(newer);
	}

	/** An object of which nothing is known yet. */
	public static Facts unknown(OrganizationId organization, ObjectKey key, ObjectKind kind) {
		return new Facts(organization, key, kind, null, List.of(), Stamp.NONE, List.of(), Stamp.NONE, Said.NOTHING, 0);
	}

	/** Whether its attributes were ever read: without them nothing is decided. */
	public boolean wasRead() {
		return this.whole != null && !this.whole.attributes().values().isEmpty();
	}

	/** Whether the directory has it, as far as was observed. */
	public boolean lives() {
		return this.whole != null && this.whole.departure() == null && wasRead();
	}

	public Attributes attributes() {
		return (this.whole != null) ? this.whole.attributes() : Attributes.NONE;
	}

	/** What it is called; its id when it has no name. */
	public String name() {
		String name = attributes().text("displayName");
		return (name != null && !name.isBlank()) ? Text.clean(name) : this.key.object().value();
	}

	/** The stamp of the reading that says that it is in a container. */
	public Stamp stampOf(Container container) {
		for (Newer edge : this.newer) {
			if (edge.isAbout(container)) {
				return edge.stamp();
			}
		}
		return this.listed;
	}

	/** Whether a person said never to sync it. */
	public boolean ignored() {
		return this.said.ignored();
	}

	public Facts withRevision(long next) {
		return new Facts(this.organization, this.key, this.kind, this.whole, this.in, this.listed, this.newer,
				this.membersListed, this.said, next);
	}

	/**
	 * Whether an edge counts, this being the container. A listing and the members that it
	 * names are one request's.
	 */
	public boolean counts(Stamp edge) {
		return lives() && edge.sequence().compareTo(this.membersListed.sequence()) >= 0;
	}

	/** Whether these facts say the same, whenever they were read. */
	public boolean saysTheSame(Facts other) {
		return this.kind == other.kind && this.said.equals(other.said) && this.in.equals(other.in)
				&& this.newer.equals(other.newer) && this.membersListed.equals(other.membersListed)
				&& departure() == other.departure() && (this.whole == null) == (other.whole == null)
				&& attributes().equals(other.attributes());
	}

	public @Nullable Departure departure() {
		return (this.whole != null) ? this.whole.departure() : null;
	}

	/**
	 * The object's own page.
	 *
	 * @param stamp of the newest reading of the page; also of one that could not be used
	 * @param attributes what was read; one that was empty is an explicit null, one that
	 * was never read is absent; kept when the object goes away
	 * @param departure how it went away; null while it is there
	 */
	public record Whole(Stamp stamp, Attributes attributes, @Nullable Departure departure) {
	}

	/**
	 * An edge that has a stamp of its own.
	 *
	 * @param container null where a reading said that there is no manager
	 * @param removedAt when it was said to have ended; null while it holds
	 */
	public record Newer(ContainerKind kind, @Nullable ObjectId container, Stamp stamp, @Nullable Instant removedAt) {

		/** As it stands in documents; a letter alone where there is no manager. */
		public String code() {
			return Container.letter(this.kind) + ((this.container != null) ? this.container.value() : "");
		}

		/** Reads a {@link #code()}. */
		public static Newer of(String code, Stamp stamp, @Nullable Instant removedAt) {
			return new Newer(Container.kindOf(code), (code.length() > 1) ? new ObjectId(code.substring(1)) : null,
					stamp, removedAt);
		}

		boolean isAbout(Container other) {
			return this.kind == other.kind()
					&& (this.kind == ContainerKind.MANAGER || other.object().equals(this.container));
		}

	}

}
