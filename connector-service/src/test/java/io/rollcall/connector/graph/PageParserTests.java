package io.rollcall.connector.graph;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.rollcall.connector.flow.Tenants.Page;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Delta pages as Microsoft documents them. */
class PageParserTests {

	private static final List<String> ATTRIBUTES = List.of("displayName", "givenName", "surname", "jobTitle",
			"businessPhones", "description", "mobilePhone", "visibility", "mail");

	@ParameterizedTest
	@CsvSource({ "users-delta-initial-page,USERS,4,next", "users-delta-next,USERS,,next",
			"users-delta-last-page-deltalink,USERS,,delta", "users-delta-no-changes,USERS,0,delta",
			"users-delta-removed,USERS,2,delta", "users-delta-default-properties,USERS,,next",
			"users-delta-guideline-directreports,USERS,2,delta", "users-delta-manager,USERS,2,delta",
			"groups-delta-initial-page,GROUPS,,next", "groups-delta-next,GROUPS,,next",
			"groups-delta-last-page-deltalink,GROUPS,,delta", "groups-delta-large-group-page1,GROUPS,,next",
			"groups-delta-large-group-page2,GROUPS,,next", "administrative-unit-delta,UNITS,9,next" })
	void readsEveryDocumentedPage(String sample, Resource resource, Integer items, String link) {
		Page page = page(sample, resource);
		if (items != null) {
			assertThat(page.cells()).hasSize(items);
		}
		assertThat(page.nextLink() != null).isEqualTo(link.equals("next"));
		assertThat(page.deltaLink() != null).isEqualTo(link.equals("delta"));
	}

	@Test
	void tellsSoftDeletedFromPurged() {
		assertThat(removals("users-delta-removed")).containsEntry("8ffff70c-1c63-4860-b963-e34ec660931d",
				Removal.RESTORABLE);
		assertThat(removals("users-delta-initial-page")).containsEntry("86462606-fde0-4fc4-9e0c-a20eb73e54c6",
				Removal.PERMANENT);
	}

	private static Map<String, Removal> removals(String sample) {
		return page(sample, Resource.USERS).cells()
			.stream()
			.filter(Cell.ObjectGone.class::isInstance)
			.collect(Collectors.toMap((cell) -> cell.object().value(), (cell) -> ((Cell.ObjectGone) cell).reason()));
	}

	@Test
	void numbersWhatAPageSays() {
		List<Cell> cells = page("groups-delta-members-changed", Resource.GROUPS).cells();
		for (int i = 0; i < cells.size(); i++) {
			assertThat(cells.get(i).index()).isEqualTo(i);
		}
	}

	@Test
	void readsMembersThatJoinedAndLeftWithoutTakingIdsForUuids() {
		ObjectId group = new ObjectId("2e5807ce-58f3-4a94-9b37-ffff2e085957");
		List<Cell> cells = page("groups-delta-members-changed", Resource.GROUPS).cells();
		int last = cells.size() - 1;
		assertThat(cells).endsWith(
				new Cell.EdgeRead(last - 1, new ObjectId("632f6bb2-3ec8-4c1f-9073-0027a8c6859"), ObjectKind.USER,
						ContainerKind.GROUP, group, false),
				new Cell.EdgeRead(last, new ObjectId("37de1ae3-408f-4702-8636-20824abda004"), ObjectKind.USER,
						ContainerKind.GROUP, group, true));
	}

	@Test
	void readsUsersAndGroupsInAnAdministrativeUnitAndNoDevices() {
		assertThat(page("administrative-unit-delta", Resource.UNITS).cells()
			.stream()
			.filter(Cell.EdgeRead.class::isInstance)
			.map(Cell::kind)).containsOnly(ObjectKind.USER, ObjectKind.GROUP)
			.filteredOn(ObjectKind.GROUP::equals)
			.hasSize(2);
		Page page = parser(Resource.GROUPS).page(stream("""
				{"value":[{"id":"g","members@delta":[{"@odata.type":"#microsoft.graph.device","id":"d"},
				{"@odata.type":"#microsoft.graph.orgContact","id":"c"},
				{"@odata.type":"#microsoft.graph.servicePrincipal","id":"s"}]}],"@odata.deltaLink":"d"}"""));
		assertThat(page.cells()).hasSize(1);
		assertThat(page.setAside()).isZero();
	}

	@Test
	void readsTheManager() {
		assertThat(page("users-delta-manager", Resource.USERS).cells())
			.endsWith(new Cell.ManagerRead(1, new ObjectId("0baaae0f-b0b3-4645-867d-742d8fb669a2"),
					new ObjectId("99789584-a1e1-4232-90e5-866170e3d4e7")));
	}

	@Test
	void takesTheManagerThatIsNotRemovedAndNoneWhenAllAre() {
		assertThat(user("\"manager@delta\":[{\"id\":\"old\",\"@removed\":{\"reason\":\"changed\"}},{\"id\":\"new\"}]"))
			.endsWith(new Cell.ManagerRead(1, new ObjectId("u"), new ObjectId("new")));
		assertThat(user("\"manager@delta\":[{\"id\":\"old\",\"@removed\":{\"reason\":\"deleted\"}}]"))
			.endsWith(new Cell.ManagerRead(1, new ObjectId("u"), null));
		assertThat(user("\"manager@delta\":[]")).noneMatch(Cell.ManagerRead.class::isInstance);
	}

	@Test
	void keepsExplicitNullsAndDropsWhatWasNotSelected() {
		Cell.ObjectRead seen = (Cell.ObjectRead) user(
				"\"jobTitle\":null,\"businessPhones\":[\"1\",\"2\"],\"notSelected\":{\"a\":[1]}")
			.getFirst();
		assertThat(seen.attributes().values())
			.isEqualTo(new java.util.HashMap<String, Object>(Map.of("businessPhones", List.of("1", "2"))) {
				{
					put("jobTitle", null);
				}
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{\"value\":[]}", "{\"value\":[{\"id\":\"a\"}", "{\"value\":null}",
			"{\"value\":[],\"@odata.deltaLink\":null}",
			"{\"value\":[],\"@odata.deltaLink\":\"d\",\"@odata.nextLink\":\"n\"}", "<html>sorry</html>" })
	void refusesWhatIsNotAPage(String json) {
		assertThatExceptionOfType(PageParser.Unreadable.class)
			.isThrownBy(() -> parser(Resource.USERS).page(stream(json)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"id\":null,", "\"id\":\"a:b\",", "\"id\":{\"a\":[1]},", "\"id\":\"\"," })
	void setsAsideWhatHasNoIdAndReadsTheOthers(String id) {
		Page page = parser(Resource.GROUPS).page(
				stream("""
						{"value":[{"id":"g","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"a"},{%1$s"@odata.type":"#microsoft.graph.user"},{"@odata.type":"#microsoft.graph.user","id":"b"}]},
						{%1$s"displayName":"none","members@delta":[{"id":"c"}]},{"id":"h"}],
						"@odata.nextLink":null,"@odata.deltaLink":"d"}"""
					.formatted(id)));
		assertThat(page.setAside()).isEqualTo(2);
		assertThat(page.cells()).hasSize(4)
			.filteredOn(Cell.ObjectRead.class::isInstance)
			.extracting((cell) -> cell.object().value())
			.containsExactly("g", "h");
		assertThat(page.nextLink()).isNull();
	}

	@Test
	void clearsNoManagerWhoseIdIsMissing() {
		assertThat(user("\"manager@delta\":[{\"id\":\"old\",\"@removed\":{}},{\"id\":null}]"))
			.noneMatch(Cell.ManagerRead.class::isInstance);
		assertThatExceptionOfType(PageParser.Unreadable.class)
			.isThrownBy(() -> parser(Resource.USERS).single(stream("{\"id\":\"u\",\"manager\":{\"id\":null}}")));
	}

	@Test
	void readsASingleUserWithoutManagerAsHavingNone() {
		assertThat(parser(Resource.USERS).single(stream("{\"id\":\"u\",\"displayName\":\"U\"}")).edges())
			.isEqualTo(Edges.NONE);
		assertThat(parser(Resource.USERS)
			.single(stream("{\"id\":\"u\",\"manager\":{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"m\"}}"))
			.edges()).isEqualTo(new Edges(List.of(), List.of(), new ObjectId("m")));
	}

	private static List<Cell> user(String fields) {
		return parser(Resource.USERS)
			.page(stream("{\"value\":[{\"id\":\"u\"," + fields + "}],\"@odata.deltaLink\":\"d\"}"))
			.cells();
	}

	private static Page page(String sample, Resource resource) {
		try (InputStream json = PageParserTests.class.getResourceAsStream("/graph-samples/" + sample + ".json")) {
			return parser(resource).page(json);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static PageParser parser(Resource resource) {
		return new PageParser(resource, ATTRIBUTES);
	}

	private static InputStream stream(String json) {
		return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
	}

}
