package io.rollcall.reconciler.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
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
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Cells become facts, one by one, in whatever order they come. */
class FactsMergeTests {

	private static final long SEED = Long.getLong("seed", 20261123L);

	private static final ObjectId ADA = new ObjectId("ada");

	private static final Instant NOW = Instant.parse("2026-11-23T22:00:00Z");

	private static final List<String> SELECTION = List.of("displayName", "userPrincipalName");

	private static final Facts NOTHING = Facts.unknown(new OrganizationId("o"),
			new ObjectKey(new ConnectionId("c"), ADA), ObjectKind.OTHER);

	@Test
	void anyOrderAndAnyRepetitionGiveTheSameFacts() {
		for (int world = 0; world < 500; world++) {
			Random random = new Random(SEED + world);
			List<Read> readings = readings(random);
			Facts expected = merge(NOTHING, readings);
			for (int order = 0; order < 20; order++) {
				List<Read> shuffled = new ArrayList<>(readings);
				shuffled.add(readings.get(random.nextInt(readings.size())));
				Collections.shuffle(shuffled, random);
				assertThat(text(merge(NOTHING, shuffled))).as("seed %d, order %d", SEED + world, order)
					.isEqualTo(text(expected));
			}
		}
	}

	@Test
	void anEdgeIsOlderOrNewerThanWhatListsIt() {
		Facts facts = merge(NOTHING, List.of(page(5, "Ada", "crew"), member(3, "old", true), member(7, "club", true),
				member(7, "crew", false)));
		assertThat(in(facts)).containsExactly("Gclub");
		assertThat(facts.listed()).isEqualTo(stamp(5));
		assertThat(facts.whole()).isNotNull().satisfies((whole) -> assertThat(whole.stamp()).isEqualTo(stamp(5)));
		assertThat(in(merge(facts, List.of(page(6, "Ada", "crew"))))).containsExactly("Gclub");
		assertThat(in(merge(facts, List.of(page(8, "Ada", "crew"))))).containsExactly("Gcrew");
	}

	@Test
	void aRemovalIsRememberedUntilNoTopicHoldsWhatItEnds() {
		Facts left = merge(NOTHING, List.of(member(5, "crew", false)));
		assertThat(in(merge(left, List.of(member(4, "crew", true))))).isEmpty();
		FactsMerge later = new FactsMerge(left, NOW.plus(Duration.ofDays(16)));
		later.take(member(6, "club", true).cell(), stamp(6), null, null);
		assertThat(later.facts().newer()).extracting(Facts.Newer::code).containsExactly("Gclub");
	}

	@Test
	void aManagerReadingEndsEveryOtherAndNoneEndsAll() {
		Facts facts = merge(NOTHING, List.of(manager(1, "eve"), manager(2, "bob")));
		assertThat(in(facts)).containsExactly("Mbob");
		assertThat(in(merge(facts, List.of(manager(3, null))))).isEmpty();
		assertThat(in(merge(facts, List.of(manager(1, null))))).containsExactly("Mbob");
	}

	@Test
	void onlyAttributesOfItsOwnSelectionAreReplaced() {
		Facts facts = merge(NOTHING, List.of(page(1, "Ada")));
		FactsMerge merge = new FactsMerge(facts, NOW);
		merge.take(object(Map.of("userPrincipalName", "a@x.org"), null), stamp(2),
				List.of("userPrincipalName", "jobTitle"), null);
		Map<String, @Nullable Object> expected = new LinkedHashMap<>();
		expected.put("displayName", "Ada");
		expected.put("userPrincipalName", "a@x.org");
		expected.put("jobTitle", null);
		assertThat(merge.facts().attributes().values()).isEqualTo(expected);
	}

	@Test
	void anOlderPageFillsInWhatTheNewerOneDidNotSelect() {
		Facts facts = merge(NOTHING, List.of(page(5, "Ada")));
		FactsMerge merge = new FactsMerge(facts, NOW);
		merge.take(new Cell.ObjectRead(0, ADA, ObjectKind.USER,
				new Attributes(Map.of("displayName", "Eda", "userPrincipalName", "ada@x.org", "department", "R")),
				null), stamp(3), List.of("displayName", "userPrincipalName", "department", "city"), null);
		assertThat(merge.facts().attributes().values()).containsEntry("displayName", "Ada")
			.containsEntry("department", "R")
			.containsEntry("city", null);
		assertThat(merge.facts().whole()).isNotNull()
			.satisfies((whole) -> assertThat(whole.stamp()).isEqualTo(stamp(5)));
	}

	@Test
	void aCellThatIsAsNewIsAppliedAgainAndAnOlderOneIsNot() {
		Facts facts = merge(NOTHING, List.of(page(5, "Ada")));
		assertThat(merge(facts, List.of(page(5, "Ada again"))).name()).isEqualTo("Ada again");
		assertThat(merge(facts, List.of(page(4, "Eve")))).isEqualTo(facts);
		assertThat(merge(facts, List.of(gone(4)))).isEqualTo(facts);
	}

	@Test
	void theUnseenAreGoneOnlyIfTheirOwnPageIsOlderThanTheStart() {
		Facts facts = merge(NOTHING, List.of(page(5, "Ada", "crew"), member(9, "club", true)));
		assertThat(unseen(facts, 5)).isEqualTo(facts);
		Facts gone = unseen(facts, 6);
		assertThat(gone.departure()).isEqualTo(Departure.UNSEEN);
		assertThat(in(gone)).as("edges stay").containsExactly("Gclub", "Gcrew");
		assertThat(gone.name()).isEqualTo("Ada");
		assertThat(unseen(merge(NOTHING, List.of(page(5, "Ada"), gone(6))), 9).departure())
			.isEqualTo(Departure.DELETED);
		assertThat(merge(gone, List.of(page(7, "Ada"))).lives()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "USER, displayName", "GROUP, userPrincipalName", "ADMINISTRATIVE_UNIT, userPrincipalName" })
	void whatComesWithoutThePromisedAttributeOfItsKindIsThin(ObjectKind kind, String other) {
		FactsMerge thin = new FactsMerge(NOTHING, NOW);
		thin.take(new Cell.ObjectRead(0, ADA, kind, new Attributes(Map.of(other, "x")), null), stamp(7), SELECTION,
				null);
		assertThat(thin.wanted()).isEqualTo(Why.THIN);
		assertThat(thin.facts().attributes().values()).isEmpty();
	}

	@Test
	void aThinOrBadPageCountsAsSeenAndSaysNothing() {
		Facts facts = merge(NOTHING, List.of(page(5, "Ada")));
		FactsMerge thin = new FactsMerge(facts, NOW);
		thin.take(object(Map.of("displayName", "Thin"), null), stamp(7), SELECTION, null);
		assertThat(thin.wanted()).isEqualTo(Why.THIN);
		assertThat(thin.facts().name()).isEqualTo("Ada");
		assertThat(unseen(thin.facts(), 6).lives()).isTrue();
	}

	@Test
	void aListingDoesNotBringBackWhoLeftSinceItBegan() {
		Facts left = merge(NOTHING, List.of(page(5, "Ada"), gone(8)));
		FactsMerge listed = new FactsMerge(left, NOW);
		listed.take(page(9, "Ada").cell(), stamp(9), SELECTION,
				new RunPart(new RunId("r"), RunMode.FULL, RunPhase.READ, 1, stamp(7)));
		assertThat(listed.facts().lives()).isFalse();
		assertThat(listed.wanted()).isEqualTo(Why.LISTED_AFTER_LEAVING);
	}

	private static Facts merge(Facts facts, List<Read> readings) {
		FactsMerge merge = new FactsMerge(facts, NOW);
		readings.forEach((reading) -> merge.take(reading.cell(), stamp(reading.stamp()), SELECTION, null));
		return merge.facts();
	}

	private static Facts unseen(Facts facts, int startedAt) {
		FactsMerge merge = new FactsMerge(facts, NOW);
		merge.unseen(stamp(startedAt));
		return merge.facts();
	}

	/** What decisions read: what was known of somebody who is gone does not count. */
	private static String text(Facts facts) {
		return (facts.lives() ? facts.attributes().values() : "gone") + " " + facts.departure() + " " + in(facts) + " "
				+ ((facts.whole() != null) ? facts.whole().stamp() : "") + " " + facts.listed();
	}

	private static List<String> in(Facts facts) {
		return facts.in().stream().map(Container::code).toList();
	}

	private static List<Read> readings(Random random) {
		List<Read> readings = new ArrayList<>();
		for (int i = 1; i <= 12; i++) {
			String group = "g" + random.nextInt(3);
			readings.add(switch (random.nextInt(6)) {
				case 0 -> page(i, "Ada " + i);
				case 1 -> page(i, "Ada " + i, group);
				case 2 -> gone(i);
				case 3, 4 -> member(i, group, random.nextBoolean());
				default -> manager(i, random.nextBoolean() ? "boss" + i : null);
			});
		}
		return readings;
	}

	/** Without groups a page of a live read, which has no edges. */
	private static Read page(int stamp, String name, String... groups) {
		Edges edges = (groups.length > 0)
				? new Edges(Arrays.stream(groups).map(ObjectId::new).toList(), List.of(), null) : null;
		return new Read(stamp, object(Map.of("displayName", name, "userPrincipalName", "ada@x.org"), edges));
	}

	private static Cell object(Map<String, ?> attributes, @Nullable Edges edges) {
		return new Cell.ObjectRead(0, ADA, ObjectKind.USER, new Attributes(new LinkedHashMap<>(attributes)), edges);
	}

	private static Read gone(int stamp) {
		return new Read(stamp, new Cell.ObjectGone(0, ADA, ObjectKind.USER, Removal.RESTORABLE));
	}

	private static Read member(int stamp, String group, boolean present) {
		return new Read(stamp,
				new Cell.EdgeRead(0, ADA, ObjectKind.USER, ContainerKind.GROUP, new ObjectId(group), present));
	}

	private static Read manager(int stamp, @Nullable String manager) {
		return new Read(stamp, new Cell.ManagerRead(0, ADA, (manager != null) ? new ObjectId(manager) : null));
	}

	private static Stamp stamp(int sequence) {
		return new Stamp(new Sequence(sequence), 0);
	}

	/** A cell and when it was read. */
	private record Read(int stamp, Cell cell) {
	}

}
