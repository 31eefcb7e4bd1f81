package io.rollcall.benchmarks.stage;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.connector.flow.Item;
import io.rollcall.connector.flow.Page;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Observation;

/** Pages as the observations that the connector publishes of them. */
final class Observed {

	private static final int EPOCH = 28_000_000;

	private Observed() {
	}

	/** A list a page. */
	static List<List<Observation.Reading>> of(List<Page> pages, String connection) {
		List<List<Observation.Reading>> readings = new ArrayList<>();
		for (Page page : pages) {
			Sequence sequence = Sequence.of(EPOCH, readings.size() + 1);
			List<Observation.Reading> ofPage = new ArrayList<>();
			page.items().forEach((item) -> ofPage.add(reading(item, connection, new Stamp(sequence, ofPage.size()))));
			readings.add(ofPage);
		}
		return readings;
	}

	private static Observation.Reading reading(Item item, String name, Stamp stamp) {
		OrganizationId organization = new OrganizationId(name);
		ConnectionId connection = new ConnectionId(name);
		RunId run = new RunId("stage-full");
		return switch (item) {
			case Item.Seen seen -> new Observation.ObjectObserved(organization, connection, seen.object(), seen.kind(),
					run, stamp, 1, seen.attributes());
			case Item.Gone gone -> new Observation.ObjectRemoved(organization, connection, gone.object(), gone.kind(),
					run, stamp, gone.reason());
			case Item.Member member -> new Observation.MembershipObserved(organization, connection, member.member(),
					member.kind(), run, stamp, member.container(), member.containerKind(), member.present());
			case Item.Manager manager -> new Observation.ManagerObserved(organization, connection, manager.user(), run,
					stamp, manager.manager());
		};
	}

}
