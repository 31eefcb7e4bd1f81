package io.rollcall.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.simulator.Simulator.Answer;
import io.rollcall.simulator.Simulator.Round;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What delta promises, and what it surprises with. */
class DeltaTests {

	private static final String USERS = "/users/delta?$select=displayName,jobTitle,mobilePhone,businessPhones,manager";

	@ParameterizedTest
	@ValueSource(strings = { "/users/delta", "/users/delta()", "/users/microsoft.graph.delta",
			"/users/microsoft.graph.delta()", "/groups/delta()", "/groups/microsoft.graph.delta",
			"/directory/administrativeUnits/delta", "/directory/administrativeUnits/delta()",
			"/administrativeunits/delta", "/directory/administrativeUnits/microsoft.graph.delta()" })
	void understandsEverySpelling(String path) {
		Answer page = Simulator.tenant(10).get(path);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.json().path("value").size()).isPositive();
	}

	@Test
	void listsEveryUserOnceOnPagesOf200AndIgnoresTop() {
		Simulator tenant = Simulator.tenant(1000);
		assertThat(tenant.get("/users/delta?$top=5").json().path("value").size()).isEqualTo(200);
		Round round = tenant.round("/users/delta");
		assertThat(round.objects()).hasSize(1000);
		assertThat(ids(round.objects())).hasSize(1000).isEqualTo(ids(tenant.truth("user")));
	}

	@Test
	void hasAnEmptyPageInTheMiddleWithANextLink() {
		Simulator tenant = Simulator.tenant(1000);
		String link = "/users/delta";
		boolean seen = false;
		while (link != null) {
			JsonNode page = tenant.get(link).json();
			seen |= page.path("value").isEmpty() && page.has("@odata.nextLink");
			link = page.path("@odata.nextLink").asString(null);
		}
		assertThat(seen).isTrue();
	}

	@Test
	void tokensAreOpaqueAndMustNotBeDecodedOrEncodedAgain() {
		Simulator tenant = Simulator.tenant(300);
		String link = tenant.get("/users/delta").json().path("@odata.nextLink").asString();
		assertThat(link).contains("%2B").endsWith("==");
		assertThat(tenant.get(link).status()).isEqualTo(200);
		assertThat(tenant.get(link.replace("%2B", "+")).status()).isEqualTo(400);
		assertThat(tenant.get(link.replace("%2B", "%252B")).status()).isEqualTo(400);
	}

	@Test
	void linksCarryTheHostThatTheClientUsed() {
		Simulator tenant = Simulator.tenant(300);
		String other = Simulator.url().replace("localhost", "127.0.0.1");
		assertThat(tenant.get(other + "/v1.0/users/delta").json().path("@odata.nextLink").asString())
			.startsWith(other + "/v1.0/users/delta?$skiptoken=");
	}

	@Test
	void aTokenOfAnotherTenantIsRefused() {
		String link = Simulator.tenant(300).get("/users/delta").json().path("@odata.nextLink").asString();
		assertThat(Simulator.tenant(300).get(link).status()).isEqualTo(400);
	}

	@Test
	void withoutSelectGivesTheDefaultProperties() {
		JsonNode user = Simulator.tenant(10).get("/users/delta").json().path("value").get(0);
		Set<String> sampled = names(Simulator.sample("users-delta-default-properties").path("value").get(0));
		assertThat(sampled).containsAll(names(user));
	}

	@Test
	void tellsARenameWithEverythingThatWasSelected() {
		Simulator tenant = Simulator.tenant(20);
		String link = tenant.round(USERS).deltaLink();
		String id = tenant.act("rename user:3 \"Grace Hopper\"").getFirst();
		JsonNode user = tenant.round(link).only();
		assertThat(user.path("id").asString()).isEqualTo(id);
		assertThat(user.path("displayName").asString()).isEqualTo("Grace Hopper");
		assertThat(user.has("businessPhones")).isTrue();
		assertThat(user.has("manager@delta")).isFalse();
	}

	@Test
	void minimalTellsOnlyWhatChanged() {
		Simulator tenant = Simulator.tenant(20);
		tenant.act("set user:3 jobTitle Analyst");
		String link = tenant.round(USERS).deltaLink();
		tenant.act("rename user:3 Hopper");
		tenant.act("clear user:3 jobTitle");
		JsonNode user = tenant.round(link, "Prefer", "return=minimal").only();
		assertThat(names(user)).containsExactlyInAnyOrder("id", "displayName", "jobTitle");
		assertThat(user.path("jobTitle").isNull()).isTrue();
	}

	@Test
	void aClearedAttributeIsNullAndOneThatNeverWasIsAbsent() {
		Simulator tenant = Simulator.tenant(20);
		String link = tenant.round("/users/delta?$select=jobTitle,faxNumber").deltaLink();
		tenant.act("set user:3 jobTitle Buyer\nclear user:3 jobTitle");
		JsonNode user = tenant.round(link).only();
		assertThat(user.has("jobTitle")).isTrue();
		assertThat(user.path("jobTitle").isNull()).isTrue();
		assertThat(user.has("faxNumber")).isFalse();
	}

	@Test
	void aChangeOfWhatWasNotSelectedDoesNotAppear() {
		Simulator tenant = Simulator.tenant(20);
		String link = tenant.round("/users/delta?$select=displayName").deltaLink();
		tenant.act("set user:3 jobTitle Buyer\nmanager user:5 user:4");
		assertThat(tenant.round(link).objects()).isEmpty();
	}

	@Test
	void theManagerComesAtFirstAndThenOnlyWhenChanged() {
		Simulator tenant = Simulator.tenant(30);
		Round first = tenant.round(USERS);
		assertThat(first.objects()).anyMatch((user) -> user.has("manager@delta"));
		assertThat(tenant.round("/users/delta?$select=displayName").objects())
			.noneMatch((user) -> user.has("manager@delta"));
		List<String> acts = tenant.act("hire Ada Lovelace\nmanager user:5 @last");
		JsonNode changed = tenant.round(first.deltaLink()).of(acts.get(1)).getFirst();
		assertThat(changed.path("manager@delta").get(0).path("id").asString()).isEqualTo(acts.getFirst());
		assertThat(names(changed.path("manager@delta").get(0))).isEqualTo(
				names(Simulator.sample("users-delta-manager").path("value").get(0).path("manager@delta").get(0)));
	}

	@Test
	void aManagerTakenAwayIsToldAsRemoved() {
		Simulator tenant = Simulator.tenant(30);
		tenant.act("manager user:5 user:2");
		String link = tenant.round(USERS).deltaLink();
		tenant.act("manager user:5 none");
		assertThat(tenant.round(link).only().path("manager@delta").get(0).has("@removed")).isTrue();
	}

	@Test
	void softAndHardDeletionHaveTheirReasonsAndRestoringIsLikeNew() {
		Simulator tenant = Simulator.tenant(20);
		String link = tenant.round(USERS).deltaLink();
		tenant.act("delete user:3");
		Round deleted = tenant.round(link);
		assertThat(deleted.only().path("@removed").path("reason").asString()).isEqualTo("changed");
		assertThat(names(deleted.only()))
			.isEqualTo(names(Simulator.sample("users-delta-removed").path("value").get(1)));
		tenant.act("restore user:3");
		Round restored = tenant.round(deleted.deltaLink());
		assertThat(restored.only().has("@removed")).isFalse();
		assertThat(restored.only().has("displayName")).isTrue();
		tenant.act("delete user:3\npurge user:3");
		assertThat(tenant.round(restored.deltaLink()).only().path("@removed").path("reason").asString())
			.isEqualTo("deleted");
	}

	@Test
	void removedObjectsMayBeInTheFirstRound() {
		Simulator tenant = Simulator.tenant(20);
		String id = tenant.act("delete user:3").getFirst();
		assertThat(tenant.round(USERS).of(id).getFirst().has("@removed")).isTrue();
	}

	@Test
	void aLargeGroupGoesOnOverManyPagesWithTheSameProperties() {
		Simulator tenant = Simulator.tenant(8000);
		Round round = tenant.round("/groups/delta");
		String largest = tenant.truth("group").getFirst().path("id").asString();
		List<JsonNode> parts = round.of(largest);
		assertThat(parts).hasSizeGreaterThan(3);
		assertThat(parts).extracting((part) -> part.path("displayName").asString()).containsOnly("All Staff");
		assertThat(parts).allMatch((part) -> part.path("members@delta").size() <= 500);
		Set<String> memberships = new HashSet<>();
		round.objects()
			.forEach(
					(group) -> group.path("members@delta")
						.forEach((member) -> assertThat(
								memberships.add(group.path("id").asString() + ' ' + member.path("id").asString()))
							.isTrue()));
		Set<String> truth = tenant.truth("membership")
			.stream()
			.filter((line) -> line.path("containerKind").asString().equals("group"))
			.map((line) -> line.path("container").asString() + ' ' + line.path("member").asString())
			.collect(Collectors.toSet());
		assertThat(memberships).isEqualTo(truth);
	}

	@Test
	void aGroupWithoutMembersHasNoAnnotationAndNestedGroupsAreMembers() {
		Simulator tenant = Simulator.tenant(500);
		List<JsonNode> groups = tenant.round("/groups/delta?$select=displayName,members").objects();
		assertThat(groups).anyMatch((group) -> !group.has("members@delta"));
		assertThat(groups.toString()).contains("#microsoft.graph.group");
	}

	@Test
	void joiningAndLeavingAreToldOnTheGroupAlone() {
		Simulator tenant = Simulator.tenant(100);
		String groups = tenant.round("/groups/delta?$select=displayName,members").deltaLink();
		String users = tenant.round(USERS).deltaLink();
		String person = tenant.act("hire Ada Lovelace").getFirst();
		users = tenant.round(users).deltaLink();
		tenant.act("join @last group:3\njoin @last group:4\nleave @last group:4");
		Round told = tenant.round(groups);
		assertThat(told.objects()).hasSize(2);
		assertThat(told.objects().get(0).path("members@delta").get(0).path("id").asString()).isEqualTo(person);
		assertThat(told.objects().get(1).path("members@delta").get(0).path("@removed").path("reason").asString())
			.isEqualTo(Simulator.sample("groups-delta-members-changed")
				.at("/value/0/members@delta/0/@removed/reason")
				.asString());
		assertThat(tenant.round(users).objects()).isEmpty();
	}

	@Test
	void manyJoinersOfOneGroupAreSpreadOverPagesAndNoneIsLost() {
		Simulator tenant = Simulator.tenant("{\"users\":1300,\"seed\":5001,\"memberships\":0}");
		String link = tenant.round("/groups/delta").deltaLink();
		StringBuilder script = new StringBuilder();
		for (int i = 0; i < 1300; i++) {
			script.append("join user:").append(i).append(" group:0\n");
		}
		tenant.act(script.toString());
		Round told = tenant.round(link);
		assertThat(told.objects()).hasSize(3);
		Set<String> members = new HashSet<>();
		told.objects()
			.forEach((part) -> part.path("members@delta")
				.forEach((member) -> members.add(member.path("id").asString())));
		assertThat(members).hasSize(1300);
	}

	@Test
	void theSoftDeletedStayInTheirGroupsUntilTheyArePurged() {
		Simulator tenant = Simulator.tenant(100);
		String person = tenant.act("hire Ada Lovelace\njoin @last group:3").getFirst();
		String link = tenant.round("/groups/delta").deltaLink();
		tenant.act("delete " + person);
		Round afterDeletion = tenant.round(link);
		assertThat(afterDeletion.objects()).isEmpty();
		tenant.act("purge " + person);
		JsonNode group = tenant.round(afterDeletion.deltaLink()).only();
		assertThat(group.path("members@delta").get(0).path("id").asString()).isEqualTo(person);
		assertThat(group.path("members@delta").get(0).has("@removed")).isTrue();
	}

	@Test
	void aRestoredGroupIsToldWithAllItsMembers() {
		Simulator tenant = Simulator.tenant(4000);
		String link = tenant.round("/groups/delta").deltaLink();
		tenant.act("delete group:0\nrestore group:0");
		Round told = tenant.round(link);
		long members = told.objects().stream().mapToLong((part) -> part.path("members@delta").size()).sum();
		assertThat(members).isEqualTo(1000);
		assertThat(told.objects()).hasSize(2);
	}

	@Test
	void unitsHoldUsersAndGroups() {
		List<JsonNode> units = Simulator.tenant(500).round("/directory/administrativeUnits/delta").objects();
		assertThat(units.getFirst().path("members@delta").toString()).contains("#microsoft.graph.user",
				"#microsoft.graph.group");
	}

	@Test
	void latestGivesALinkAndNothingElse() {
		Simulator tenant = Simulator.tenant(300);
		Round now = tenant.round("/users/delta?$deltatoken=latest");
		assertThat(now.objects()).isEmpty();
		tenant.act("rename user:3 Hopper");
		assertThat(tenant.round(now.deltaLink()).objects()).hasSize(1);
	}

	@Test
	void filtersByIdUpToFifty() {
		Simulator tenant = Simulator.tenant(100);
		List<JsonNode> users = tenant.truth("user");
		String filter = users.stream()
			.limit(2)
			.map((user) -> "id eq '" + user.path("id").asString() + "'")
			.collect(Collectors.joining(" or "));
		Round round = tenant.round("/users/delta?$filter=" + filter);
		assertThat(round.objects()).hasSize(2);
		tenant.act("rename user:0 Hopper\nrename user:50 Hopper");
		assertThat(tenant.round(round.deltaLink()).objects()).hasSize(1);
		String tooMany = users.stream()
			.limit(51)
			.map((user) -> "id eq '" + user.path("id").asString() + "'")
			.collect(Collectors.joining(" or "));
		assertThat(tenant.get("/users/delta?$filter=" + tooMany).status()).isEqualTo(400);
		assertThat(tenant.get("/users/delta?$filter=displayName eq 'x'").error()).isEqualTo("Request_UnsupportedQuery");
	}

	@Test
	void refusesWhatDeltaDoesNotTrack() {
		Simulator tenant = Simulator.tenant(10);
		Answer skills = tenant.get("/users/delta?$select=displayName,skills");
		assertThat(skills.status()).isEqualTo(501);
		assertThat(skills.error()).isEqualTo("NotImplemented");
		assertThat(tenant.get("/users/delta?$select=nonsense").status()).isEqualTo(400);
		assertThat(tenant.get("/users/delta?$expand=manager").status()).isEqualTo(400);
	}

	@Test
	void whatChangesWhilePagesAreReadIsNeverLost() {
		Simulator tenant = Simulator.tenant(1000);
		JsonNode first = tenant.get(USERS).json();
		String early = first.path("value").get(0).path("id").asString();
		tenant.act("rename %s \"Ada Late\"\nhire Grace Late\ndelete user:999".formatted(early));
		Round rest = tenant.round(first.path("@odata.nextLink").asString());
		Round after = tenant.round(rest.deltaLink());
		assertThat(after.of(early).getFirst().path("displayName").asString()).isEqualTo("Ada Late");
		assertThat(rest.objects().toString()).contains("Grace Late");
		assertThat(after.objects()).anyMatch((user) -> user.has("@removed"));
		assertThat(tenant.round(after.deltaLink()).objects()).isEmpty();
	}

	private static Set<String> ids(List<JsonNode> objects) {
		return objects.stream().map((object) -> object.path("id").asString()).collect(Collectors.toSet());
	}

	private static Set<String> names(JsonNode object) {
		return new HashSet<>(object.propertyNames());
	}

}
