package io.rollcall.simulator;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.simulator.Simulator.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Everything that is read without delta. */
class ReadTests {

	private final Simulator tenant = Simulator.tenant(300);

	@Test
	void listsAreOf100UnlessAskedForMoreAndGoOnWithTheirOptions() {
		JsonNode page = this.tenant.get("/users?$select=id,displayName").json();
		assertThat(page.path("value").size()).isEqualTo(100);
		assertThat(this.tenant.get(page.path("@odata.nextLink").asString()).json().path("value").get(0).propertyNames())
			.containsExactlyInAnyOrder("id", "displayName");
		assertThat(this.tenant.get("/users?$top=999").json().path("value").size()).isEqualTo(300);
		assertThat(this.tenant.get("/users?$top=1000").status()).isEqualTo(400);
	}

	@Test
	void readsShowWhatIsEmptyAsNull() {
		String id = this.tenant.act("clear user:3 jobTitle").getFirst();
		JsonNode user = this.tenant.get("/users/" + id + "?$select=jobTitle,faxNumber").json();
		assertThat(user.path("jobTitle").isNull()).isTrue();
		assertThat(user.path("faxNumber").isNull()).isTrue();
		assertThat(this.tenant.get("/users('" + id + "')").json().path("id").asString()).isEqualTo(id);
	}

	@Test
	void findsAUserByPrincipalNameAndByFilter() {
		String id = this.tenant.act("hire Ada Lovelace mail=ada@elsewhere.example").getFirst();
		String name = this.tenant.get("/users/" + id).json().path("userPrincipalName").asString();
		assertThat(this.tenant.get("/users/" + name).json().path("id").asString()).isEqualTo(id);
		assertThat(
				this.tenant.get("/users?$filter=mail eq 'ada@elsewhere.example'").json().at("/value/0/id").asString())
			.isEqualTo(id);
	}

	@Test
	void countsOnlyWithEventualConsistency() {
		assertThat(this.tenant.get("/users?$count=true&$top=1").json().has("@odata.count")).isFalse();
		assertThat(this.tenant.get("/users?$count=true&$top=1", "ConsistencyLevel", "eventual")
			.json()
			.path("@odata.count")
			.asInt()).isEqualTo(300);
	}

	@Test
	void aManagerIsThereOrNot() {
		List<String> acts = this.tenant.act("hire Ada Lovelace\nhire Alan Turing\nmanager @last user:2");
		JsonNode manager = this.tenant.get("/users/" + acts.get(1) + "/manager").json();
		assertThat(manager.path("@odata.type").asString()).isEqualTo("#microsoft.graph.user");
		assertThat(manager.propertyNames()).containsAll(Simulator.sample("manager-get").propertyNames());
		assertThat(this.tenant.get("/users/" + acts.getFirst() + "/manager").status()).isEqualTo(404);
		assertThat(this.tenant.get("/users?$select=id&$expand=manager($select=id)").json().toString())
			.contains("\"manager\"");
	}

	@Test
	void membersAreDirectAndTransitiveMembersAreNot() {
		List<String> acts = this.tenant.act("""
				group Outer
				group Inner
				nest Inner Outer
				hire Ada Lovelace
				join @last Inner
				""");
		String outer = acts.getFirst();
		String person = acts.get(3);
		assertThat(this.tenant.get("/groups/" + outer + "/members").json().path("value").size()).isEqualTo(1);
		JsonNode all = this.tenant.get("/groups/" + outer + "/transitiveMembers").json().path("value");
		assertThat(all.size()).isEqualTo(2);
		JsonNode users = this.tenant.get("/groups/" + outer + "/transitiveMembers/microsoft.graph.user").json();
		assertThat(users.at("/value/0/id").asString()).isEqualTo(person);
		assertThat(this.tenant.get("/users/" + person + "/transitiveMemberOf").json().path("value").size())
			.isEqualTo(2);
		this.tenant.act("delete " + person);
		assertThat(this.tenant.get("/groups/" + acts.get(1) + "/members").json().path("value").size()).isZero();
	}

	@Test
	void membersPageWithoutLosingAnybody() {
		String group = this.tenant.truth("group").getFirst().path("id").asString();
		int listed = 0;
		String link = "/groups/" + group + "/members?$top=10";
		while (link != null) {
			JsonNode page = this.tenant.get(link).json();
			listed += page.path("value").size();
			link = page.path("@odata.nextLink").asString(null);
		}
		assertThat(listed).isEqualTo(75);
	}

	@Test
	void whatSomebodyIsInAreGroupsAndUnitsPageByPage() {
		List<String> acts = this.tenant.act("""
				hire Ada Lovelace
				group Outer
				group Inner
				nest Inner Outer
				unit Harbour
				join "Ada Lovelace" Inner
				join "Ada Lovelace" Harbour
				""");
		String person = acts.getFirst();
		String link = "/users/" + person + "/memberOf?$select=id,displayName&$top=1";
		List<String> listed = new ArrayList<>();
		while (link != null) {
			JsonNode page = this.tenant.get(link).json();
			assertThat(page.path("value").size()).isEqualTo(1);
			listed.add(page.at("/value/0/@odata.type").asString() + " " + page.at("/value/0/id").asString() + " "
					+ page.at("/value/0/displayName").asString());
			link = page.path("@odata.nextLink").asString(null);
		}
		assertThat(listed).containsExactly("#microsoft.graph.group " + acts.get(2) + " Inner",
				"#microsoft.graph.administrativeUnit " + acts.get(4) + " Harbour");
		assertThat(ids("/users/" + person + "/transitiveMemberOf")).containsExactlyInAnyOrder(acts.get(1), acts.get(2),
				acts.get(4));
		assertThat(ids("/users/" + person + "/memberOf/microsoft.graph.group")).containsExactly(acts.get(2));
		assertThat(ids("/users/" + person + "/memberOf/graph.administrativeUnit")).containsExactly(acts.get(4));
		assertThat(ids("/groups/" + acts.get(2) + "/memberOf")).containsExactly(acts.get(1));
		assertThat(this.tenant.get("/directory/administrativeUnits/" + acts.get(4) + "/memberOf").status())
			.isEqualTo(400);
		this.tenant.act("delete Inner");
		assertThat(ids("/users/" + person + "/memberOf")).containsExactly(acts.get(4));
	}

	@Test
	void aUnitAndItsMembersAreReadById() {
		List<String> acts = this.tenant
			.act("unit Harbour\nhire Ada Lovelace\njoin @last Harbour\njoin group:1 Harbour");
		String path = "/directory/administrativeUnits/" + acts.getFirst();
		JsonNode unit = this.tenant.get(path).json();
		assertThat(unit.path("displayName").asString()).isEqualTo("Harbour");
		assertThat(unit.propertyNames()).containsAll(List.of("id", "displayName", "description", "visibility"));
		JsonNode members = this.tenant.get(path + "/members?$top=1").json();
		assertThat(members.propertyNames())
			.containsAll(Simulator.sample("administrative-unit-members").propertyNames());
		assertThat(members.path("value").size()).isEqualTo(1);
		assertThat(this.tenant.get(members.path("@odata.nextLink").asString()).json().path("value").size())
			.isEqualTo(1);
		this.tenant.act("purge Harbour");
		assertThat(this.tenant.get(path).error()).isEqualTo("Request_ResourceNotFound");
		assertThat(this.tenant.get(path + "/members").status()).isEqualTo(404);
	}

	@Test
	void hiddenMembersAreForThoseWhoMaySeeThem() {
		List<String> acts = this.tenant.act("""
				group Board visibility=HiddenMembership
				unit Harbour visibility=HiddenMembership
				hire Ada Lovelace
				join @last Board
				join @last Harbour
				""");
		String board = acts.getFirst();
		String person = acts.get(2);
		Simulator.Round before = this.tenant.round("/groups/delta?$select=displayName,visibility,members");
		assertThat(before.of(board)).singleElement()
			.satisfies((group) -> assertThat(group.propertyNames()).containsExactlyInAnyOrder("id", "displayName",
					"visibility"));
		assertThat(ids("/groups/" + board + "/members")).isEmpty();
		assertThat(ids("/groups/" + board + "/transitiveMembers")).isEmpty();
		assertThat(ids("/directory/administrativeUnits/" + acts.get(1) + "/members")).isEmpty();
		assertThat(ids("/users/" + person + "/memberOf")).isEmpty();
		this.tenant.act("leave " + person + " Board\njoin " + person + " Board\njoin user:3 Board");
		assertThat(this.tenant.round(before.deltaLink()).of(board))
			.allSatisfy((group) -> assertThat(group.has("members@delta")).isFalse());
		String app = "99999999-0000-4000-8000-000000000003";
		this.tenant.control("PUT", "/apps/" + app,
				"{\"secret\":\"s\",\"permissions\":[\"Directory.Read.All\",\"Member.Read.Hidden\"]}");
		this.tenant.use(this.tenant.token(app, "s").json().path("access_token").asString());
		assertThat(ids("/groups/" + board + "/members")).hasSize(2).contains(person);
		assertThat(ids("/users/" + person + "/memberOf")).containsExactly(board, acts.get(1));
		assertThat(this.tenant.round("/groups/delta?$select=displayName,members").of(board)).singleElement()
			.satisfies((group) -> assertThat(group.path("members@delta").size()).isEqualTo(2));
	}

	private List<String> ids(String path) {
		List<String> ids = new ArrayList<>();
		this.tenant.get(path).json().path("value").forEach((object) -> ids.add(object.path("id").asString()));
		return ids;
	}

	@Test
	void getByIdsLeavesOutWhatIsMissing() {
		List<JsonNode> users = this.tenant.truth("user");
		String body = "{\"ids\":[\"%s\",\"632f6bb2-3ec8-4c1f-9073-0027a8c6859\",\"%s\"],\"types\":[\"user\"]}"
			.formatted(users.get(1).path("id").asString(), this.tenant.truth("group").getFirst().path("id").asString());
		Answer answer = this.tenant.call("POST", "/directoryObjects/getByIds?$select=displayName", body);
		assertThat(answer.json().path("value").size()).isEqualTo(1);
		assertThat(answer.json().at("/value/0/displayName").asString())
			.isEqualTo(users.get(1).path("displayName").asString());
		assertThat(answer.json().propertyNames()).isEqualTo(Simulator.sample("getbyids-response").propertyNames());
		assertThat(answer.header("x-ms-resource-unit")).isEqualTo("2");
	}

	@Test
	void theRecycleBinTellsSoftFromHard() {
		String person = this.tenant.act("delete user:3").getFirst();
		assertThat(this.tenant.get("/users/" + person).status()).isEqualTo(404);
		JsonNode deleted = this.tenant.get("/directory/deletedItems/" + person).json();
		assertThat(deleted.has("deletedDateTime")).isTrue();
		for (String cast : List.of("graph.user", "microsoft.graph.user")) {
			assertThat(this.tenant.get("/directory/deletedItems/" + cast).json().path("value").size()).isEqualTo(1);
		}
		assertThat(this.tenant.get("/directory/deletedItems/graph.group").json().path("value").size()).isZero();
		assertThat(this.tenant.call("POST", "/directory/deletedItems/" + person + "/restore", "").status())
			.isEqualTo(403);
		this.tenant.act("purge " + person);
		assertThat(this.tenant.get("/directory/deletedItems/" + person).status()).isEqualTo(404);
	}

	@Test
	void restoresWithThePermissionToWrite() {
		String app = "99999999-0000-4000-8000-000000000002";
		this.tenant.control("PUT", "/apps/" + app,
				"{\"secret\":\"s\",\"permissions\":[\"User.Read.All\",\"User.ReadWrite.All\"]}");
		String person = this.tenant.act("delete user:3").getFirst();
		this.tenant.use(this.tenant.token(app, "s").json().path("access_token").asString());
		assertThat(this.tenant.call("POST", "/directory/deletedItems/" + person + "/restore", "").status())
			.isEqualTo(200);
		assertThat(this.tenant.get("/users/" + person).status()).isEqualTo(200);
	}

	@Test
	void whatIsNotThereHasGraphsWords() {
		assertThat(this.tenant.get("/nonsense").error()).isEqualTo("BadRequest");
		assertThat(this.tenant.call("DELETE", "/users", null).status()).isEqualTo(405);
		assertThat(this.tenant.get("/users/632f6bb2-3ec8-4c1f-9073-0027a8c6859").error())
			.isEqualTo("Request_ResourceNotFound");
	}

}
