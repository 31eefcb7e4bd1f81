package io.rollcall.reconciler.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;

/**
 * Folds cells into an object's facts, one after the other. A cell replaces what it
 * carries and is older, so that cells may come late, twice or in another order; one as
 * new as what is stored is applied again. Remembers what follows for others.
 */
public final class FactsMerge {

	/** No topic holds cells that are older. */
	static final Duration TOMBSTONE_KEPT = Duration.ofDays(15);

	private static final Comparator<Container> BY_CODE = Comparator.comparing(Container::kind)
		.thenComparing((container) -> container.object().value());

	private final Instant now;

	private Facts facts;

	private @Nullable Why wanted;

	private boolean changed;

	public FactsMerge(Facts facts, Instant now) {
		this.facts = facts;
		this.now = now;
	}

	public Facts facts() {
		return this.facts;
	}

	/** Why the object is to be read by id; null when it need not be. */
	public @Nullable Why wanted() {
		return this.wanted;
	}

	/**
	 * Whether it came, went, is in other containers, is a group that has another name, or
	 * its members were listed: what others' decisions read of it as a container. What a
	 * FULL run sees first is no change.
	 */
	public boolean isContainerChanged() {
		return this.changed;
	}

	/**
	 * Takes a cell.
	 * @param selection the attributes that were asked for
	 * @param run the run that read it; null for a live read
	 */
	public void take(Cell cell, Stamp stamp, @Nullable List<String> selection, @Nullable RunPart run) {
		Facts before = this.facts;
		switch (cell) {
			case Cell.ObjectRead read -> {
				page(read, stamp, (selection != null) ? selection : List.of(), run);
				edges(read.edges(), stamp);
			}
			case Cell.EdgesRead read -> {
				kind(read.kind());
				edges(read.edges(), stamp);
			}
			case Cell.EdgeRead read -> {
				kind(read.kind());
				edge(new Facts.Newer(read.in(), read.container(), stamp, read.present() ? null : this.now));
			}
			case Cell.ManagerRead read -> {
				kind(read.kind());
				edge(new Facts.Newer(ContainerKind.MANAGER, read.manager(), stamp,
						(read.manager() != null) ? null : this.now));
			}
			case Cell.ObjectGone gone -> gone(gone, stamp);
			case Cell.MembersListed listed -> membersListed(listed.kind(), stamp);
			case Cell.Unreadable unreadable -> seen(unreadable.kind(), stamp);
		}
		// A FULL run lists every user after the containers, and whoever is decided
		// without one says so.
		boolean firstSeen = run != null && run.mode() == RunMode.FULL
				&& (!before.lives() || before.listed().equals(Stamp.NONE));
		if (firstSeen) {
			this.changed |= before.lives() && !this.facts.lives();
		}
		else {
			this.changed |= before.lives() != this.facts.lives()
					|| (this.facts.lives() && (!before.in().equals(this.facts.in())
							|| !before.membersListed().equals(this.facts.membersListed())
							|| this.facts.kind() == ObjectKind.GROUP && !before.name().equals(this.facts.name())));
		}
	}

	/** A FULL run did not see it: it is gone, if nothing was read of it since. */
	public void unseen(Stamp startedAt) {
		Facts.Whole whole = this.facts.whole();
		if (whole != null && startedAt.isAfter(whole.stamp())) {
			Departure departure = (whole.departure() != null) ? whole.departure() : Departure.UNSEEN;
			boolean lived = this.facts.lives();
			whole(this.facts.kind(), new Facts.Whole(startedAt, whole.attributes(), departure));
			this.changed |= lived;
		}
	}

	/** A person said something about it. */
	public void said(Said said) {
		Facts f = this.facts;
		this.facts = new Facts(f.organization(), f.key(), f.kind(), f.whole(), f.in(), f.listed(), f.newer(),
				f.membersListed(), said, f.revision());
	}

	private void page(Cell.ObjectRead read, Stamp stamp, List<String> selection, @Nullable RunPart run) {
		Facts.Whole whole = this.facts.whole();
		if (whole != null && whole.stamp().isAfter(stamp)) {
			fillIn(whole, read, selection);
			return;
		}
		if (isThin(read, selection)) {
			seen(read.kind(), stamp);
			this.wanted = Why.THIN;
			return;
		}
		if (whole != null && run != null && run.mode() == RunMode.FULL && leftSince(run.startedAt(), whole)
				&& !Boolean.FALSE.equals(read.attributes().flag("accountEnabled"))) {
			// The page may come from a replica that lags.
			this.wanted = Why.LISTED_AFTER_LEAVING;
			return;
		}
		if (whole != null && whole.departure() != null && (run != null || read.edges() == null)) {
			this.wanted = Why.CAME_BACK;
		}
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		if (whole != null) {
			attributes.putAll(whole.attributes().values());
		}
		selection.forEach((name) -> attributes.put(name, null));
		attributes.putAll(read.attributes().values());
		whole(read.kind(), new Facts.Whole(stamp, new Attributes(attributes), null));
	}

	/**
	 * An older page that was asked for more: what the newer one did not select is known
	 * by it, and by no other.
	 */
	private void fillIn(Facts.Whole whole, Cell.ObjectRead read, List<String> selection) {
		Map<String, @Nullable Object> known = whole.attributes().values();
		if (known.isEmpty() || known.keySet().containsAll(selection) || isThin(read, selection)) {
			return;
		}
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>(known);
		selection.stream()
			.filter((name) -> !known.containsKey(name))
			.forEach((name) -> attributes.put(name, read.attributes().values().get(name)));
		whole(read.kind(), new Facts.Whole(whole.stamp(), new Attributes(attributes), whole.departure()));
	}

	/** Graph promises more than that: it is no whole reading. */
	private static boolean isThin(Cell.ObjectRead read, List<String> selection) {
		String promised = switch (read.kind()) {
			case USER -> "userPrincipalName";
			case GROUP, ADMINISTRATIVE_UNIT -> "displayName";
			case OTHER -> "";
		};
		return selection.contains(promised) && read.attributes().values().get(promised) == null;
	}

	private static boolean leftSince(Stamp startedAt, Facts.Whole whole) {
		return whole.stamp().isAfter(startedAt)
				&& (whole.departure() != null || Boolean.FALSE.equals(whole.attributes().flag("accountEnabled")));
	}

	private void gone(Cell.ObjectGone gone, Stamp stamp) {
		Facts.Whole whole = this.facts.whole();
		if (whole == null || !whole.stamp().isAfter(stamp)) {
			Departure departure = switch (gone.reason()) {
				case RESTORABLE -> Departure.DELETED;
				case PERMANENT -> Departure.PURGED;
			};
			whole(gone.kind(), new Facts.Whole(stamp, this.facts.attributes(), departure));
		}
	}

	/**
	 * That it was on a page counts, also where the page says nothing that can be used.
	 */
	private void seen(ObjectKind kind, Stamp stamp) {
		Facts.Whole whole = this.facts.whole();
		if (whole == null) {
			whole(kind, new Facts.Whole(stamp, Attributes.NONE, null));
		}
		else if (stamp.isAfter(whole.stamp())) {
			whole(this.facts.kind(), new Facts.Whole(stamp, whole.attributes(), whole.departure()));
		}
	}

	private void edges(@Nullable Edges edges, Stamp stamp) {
		if (edges == null || this.facts.listed().isAfter(stamp)) {
			return;
		}
		List<Container> in = new ArrayList<>();
		edges.groups().forEach((group) -> in.add(new Container(ContainerKind.GROUP, group)));
		edges.units().forEach((unit) -> in.add(new Container(ContainerKind.ADMINISTRATIVE_UNIT, unit)));
		ObjectId manager = edges.manager();
		if (manager != null) {
			in.add(new Container(ContainerKind.MANAGER, manager));
		}
		List<Facts.Newer> newer = new ArrayList<>();
		for (Facts.Newer edge : this.facts.newer()) {
			if (edge.stamp().isAfter(stamp)) {
				newer.add(edge);
				put(in, edge);
			}
		}
		edges(in, stamp, newer);
	}

	private void edge(Facts.Newer edge) {
		List<Facts.Newer> newer = new ArrayList<>();
		Stamp known = this.facts.listed();
		for (Facts.Newer other : this.facts.newer()) {
			if (isSame(other, edge)) {
				known = other.stamp();
				if (known.equals(edge.stamp()) && (other.removedAt() == null) == (edge.removedAt() == null)) {
					return;
				}
			}
			else if (other.removedAt() == null || other.removedAt().isAfter(this.now.minus(TOMBSTONE_KEPT))) {
				newer.add(other);
			}
		}
		if (known.isAfter(edge.stamp())) {
			return;
		}
		newer.add(edge);
		List<Container> in = new ArrayList<>(this.facts.in());
		put(in, edge);
		edges(in, this.facts.listed(), newer);
	}

	private static boolean isSame(Facts.Newer one, Facts.Newer other) {
		return one.kind() == other.kind()
				&& (one.kind() == ContainerKind.MANAGER || Objects.equals(one.container(), other.container()));
	}

	private static void put(List<Container> in, Facts.Newer edge) {
		in.removeIf(edge::isAbout);
		if (edge.removedAt() == null && edge.container() != null) {
			in.add(new Container(edge.kind(), edge.container()));
		}
	}

	private void edges(List<Container> in, Stamp listed, List<Facts.Newer> newer) {
		in.sort(BY_CODE);
		Facts f = this.facts;
		this.facts = new Facts(f.organization(), f.key(), f.kind(), f.whole(), in.stream().distinct().toList(), listed,
				newer, f.membersListed(), f.said(), f.revision());
	}

	private void membersListed(ObjectKind kind, Stamp stamp) {
		kind(kind);
		Facts f = this.facts;
		if (stamp.isAfter(f.membersListed())) {
			this.facts = new Facts(f.organization(), f.key(), f.kind(), f.whole(), f.in(), f.listed(), f.newer(), stamp,
					f.said(), f.revision());
		}
	}

	private void kind(ObjectKind kind) {
		if (this.facts.kind() == ObjectKind.OTHER) {
			whole(kind, this.facts.whole());
		}
	}

	private void whole(ObjectKind kind, Facts.@Nullable Whole whole) {
		Facts f = this.facts;
		this.facts = new Facts(f.organization(), f.key(), (kind != ObjectKind.OTHER) ? kind : f.kind(), whole, f.in(),
				f.listed(), f.newer(), f.membersListed(), f.said(), f.revision());
	}

}
