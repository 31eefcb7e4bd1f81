package io.rollcall.connector.flow;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.run.ReadCounts;

/** What a request said, as the observations that are published of it. */
record Readings(List<Observation.Reading> list, ReadCounts counts) {

	static Readings of(List<Item> items, Connection connection, RunId run, Sequence sequence, int selection,
			int pages) {
		List<Observation.Reading> readings = new ArrayList<>(items.size());
		long users = 0;
		long groups = 0;
		long units = 0;
		long removed = 0;
		long memberships = 0;
		long managers = 0;
		for (Item item : items) {
			readings.add(reading(item, connection, run, new Stamp(sequence, readings.size()), selection));
			switch (item) {
				case Item.Seen seen when seen.kind() == ObjectKind.USER -> users++;
				case Item.Seen seen when seen.kind() == ObjectKind.GROUP -> groups++;
				case Item.Seen _ -> units++;
				case Item.Gone _ -> removed++;
				case Item.Member _ -> memberships++;
				case Item.Manager _ -> managers++;
			}
		}
		return new Readings(readings, new ReadCounts(users, groups, units, removed, memberships, managers, pages));
	}

	private static Observation.Reading reading(Item item, Connection connection, RunId run, Stamp stamp,
			int selection) {
		return switch (item) {
			case Item.Seen seen -> new Observation.ObjectObserved(connection.organization(), connection.id(),
					seen.object(), seen.kind(), run, stamp, selection, seen.attributes());
			case Item.Gone gone -> new Observation.ObjectRemoved(connection.organization(), connection.id(),
					gone.object(), gone.kind(), run, stamp, gone.reason());
			case Item.Member member ->
				new Observation.MembershipObserved(connection.organization(), connection.id(), member.member(),
						member.kind(), run, stamp, member.container(), member.containerKind(), member.present());
			case Item.Manager manager -> new Observation.ManagerObserved(connection.organization(), connection.id(),
					manager.user(), run, stamp, manager.manager());
		};
	}

}
