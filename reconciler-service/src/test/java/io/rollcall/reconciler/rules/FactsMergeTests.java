package io.rollcall.reconciler.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Removal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Readings become facts, cell by cell, in whatever order they come. */
class FactsMergeTests {

	private static final long SEED = Long.getLong("seed", 20261123L);

	private static final OrganizationId ORGANIZATION = new OrganizationId("o");

	private static final ConnectionId CONNECTION = new ConnectionId("c");

	private static final ObjectId ADA = new ObjectId("ada");

	private static final RunId RUN = new RunId("r");

	private static final Instant NOW = Instant.parse("2026-11-23T22:00:00Z");

	private final Facts nothing = Facts.unknown(ORGANIZATION, new ObjectKey(CONNECTION, ADA), ObjectKind.USER);

	@Test
	void anyOrderAndAnyRepetitionGiveTheSameFacts() {
		for (int world = 0; world < 500; world++) {
			Random random = new Random(SEED + world);
			List<Observation.OfObject> readings = readings(random);
			Facts expected = merge(readings);
			for (int order = 0; order < 20; order++) {
				List<Observation.OfObject> shuffled = new ArrayList<>(readings);
				shuffled.add(readings.get(random.nextInt(readings.size())));
				Collections.shuffle(shuffled, random);
				assertThat(canonical(merge(shuffled))).as("seed %d, order %d", SEED + world, order)
					.isEqualTo(canonical(expected));
			}
		}
	}

	@Test
	void anEdgeIsOlderOrNewerThanItsOwnCellOnly() {
		Facts facts = merge(List.of(observed(5, "Ada"), member(3, "crew", true), member(4, "club", true)));
		assertThat(facts.containers()).containsExactlyInAnyOrder(new ObjectId("crew"), new ObjectId("club"));
		assertThat(facts.lastSeen()).isEqualTo(stamp(5));
	}

	@Test
	void anEndedMembershipKeepsAnOlderReadingOutForADay() {
		Facts left = FactsMerge.merge(merge(List.of(observed(1, "Ada"))), member(5, "crew", false), NOW);
		assertThat(FactsMerge.merge(left, member(4, "crew", true), NOW)).isSameAs(left);
		Instant later = NOW.plus(Duration.ofHours(25));
		assertThat(FactsMerge.merge(left, member(6, "club", true), later).edges())
			.containsOnlyKeys(new ObjectId("club"));
	}

	@Test
	void whatIsNotNewerChangesNothing() {
		Facts facts = merge(List.of(observed(5, "Ada")));
		assertThat(FactsMerge.merge(facts, observed(5, "Ada"), NOW)).isSameAs(facts);
		assertThat(FactsMerge.merge(facts, observed(4, "Eve"), NOW)).isSameAs(facts);
		assertThat(FactsMerge.merge(facts, removed(4), NOW)).isSameAs(facts);
	}

	@Test
	void theUnseenIsGoneOnlyIfThatIsStillTrue() {
		Facts facts = merge(List.of(observed(5, "Ada"), member(3, "crew", true), member(9, "club", true)));
		Facts seen = FactsMerge.merge(facts, unseen(5), NOW);
		assertThat(seen.live()).isTrue();
		assertThat(seen.containers()).containsExactly(new ObjectId("club"));
		Facts gone = FactsMerge.merge(facts, unseen(6), NOW);
		assertThat(gone.live()).isFalse();
		assertThat(gone.self()).isNotNull()
			.satisfies((self) -> assertThat(self.departure()).isEqualTo(Departure.UNSEEN));
		assertThat(FactsMerge.merge(gone, observed(7, "Ada"), NOW).live()).isTrue();
	}

	@Test
	void whoIsDeletedStaysDeletedAndNotUnseen() {
		Facts gone = FactsMerge.merge(merge(List.of(observed(5, "Ada"), removed(6))), unseen(9), NOW);
		assertThat(gone.self()).isNotNull()
			.satisfies((self) -> assertThat(self.departure()).isEqualTo(Departure.DELETED))
			.satisfies((self) -> assertThat(self.attributes().text("displayName")).isEqualTo("Ada"));
	}

	private Facts merge(List<Observation.OfObject> readings) {
		Facts facts = this.nothing;
		for (Observation.OfObject reading : readings) {
			facts = FactsMerge.merge(facts, reading, NOW);
		}
		return facts;
	}

	/** What decisions read: a person who is gone has no attributes that count. */
	private static Object canonical(Facts facts) {
		return List.of(facts.live(), (facts.live() && facts.self() != null) ? facts.self().attributes() : "gone",
				(facts.self() != null) ? facts.self().stamp() : Stamp.NONE, new HashMap<>(facts.edges()),
				facts.lastSeen(), String.valueOf(facts.manager()));
	}

	private static List<Observation.OfObject> readings(Random random) {
		List<Observation.OfObject> readings = new ArrayList<>();
		for (int i = 1; i <= 12; i++) {
			String group = "g" + random.nextInt(3);
			readings.add(switch (random.nextInt(5)) {
				case 0, 1 -> observed(i, "Ada " + i);
				case 2 -> removed(i);
				case 3 -> member(i, group, random.nextBoolean());
				default -> new Observation.ManagerObserved(ORGANIZATION, CONNECTION, ADA, RUN, stamp(i),
						random.nextBoolean() ? new ObjectId("boss" + i) : null);
			});
		}
		return readings;
	}

	private static Observation.OfObject observed(int stamp, String name) {
		return new Observation.ObjectObserved(ORGANIZATION, CONNECTION, ADA, ObjectKind.USER, RUN, stamp(stamp), 1,
				new Attributes(Map.of("displayName", name)));
	}

	private static Observation.OfObject removed(int stamp) {
		return new Observation.ObjectRemoved(ORGANIZATION, CONNECTION, ADA, ObjectKind.USER, RUN, stamp(stamp),
				Removal.RESTORABLE);
	}

	private static Observation.OfObject member(int stamp, String group, boolean present) {
		return new Observation.MembershipObserved(ORGANIZATION, CONNECTION, ADA, ObjectKind.USER, RUN, stamp(stamp),
				new ObjectId(group), ObjectKind.GROUP, present);
	}

	private static Observation.OfObject unseen(int startedAt) {
		return new Observation.ObjectUnseen(ORGANIZATION, CONNECTION, ADA, RUN, stamp(startedAt));
	}

	private static Stamp stamp(int sequence) {
		return new Stamp(new Sequence(sequence), 0);
	}

}
