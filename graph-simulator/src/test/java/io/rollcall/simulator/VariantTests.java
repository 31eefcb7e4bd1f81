package io.rollcall.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.rollcall.simulator.Simulator.Answer;
import io.rollcall.simulator.Simulator.Round;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Both ways in which Graph may be, where no source tells. */
class VariantTests {

	private final Simulator tenant = Simulator.tenant(100);

	private final Webhook webhook = new Webhook();

	@AfterEach
	void close() {
		this.webhook.close();
	}

	@Test
	void aNewManagerComesAloneOrAfterTheFormerOne() {
		String link = this.tenant.round("/users/delta?$select=displayName,manager").deltaLink();
		List<String> ids = this.tenant.act("hire Ada Lovelace\nmanager @last user:1");
		Round before = this.tenant.round(link);
		this.tenant.act("manager " + ids.getFirst() + " user:2");
		assertThat(this.tenant.round(before.deltaLink()).only().path("manager@delta").size()).isEqualTo(1);
		choose("FORMER_MANAGER_TOLD");
		JsonNode told = this.tenant.round(before.deltaLink()).only().path("manager@delta");
		assertThat(told.size()).isEqualTo(2);
		assertThat(told.get(0).path("@removed").path("reason").asString()).isEqualTo("deleted");
		assertThat(told.get(1).has("@removed")).isFalse();
	}

	@Test
	void aLeaverIsDeletedOrChanged() {
		List<String> ids = this.tenant.act("hire Ada Lovelace\njoin @last group:3");
		String link = this.tenant.round("/groups/delta").deltaLink();
		this.tenant.act("leave " + ids.getFirst() + " group:3");
		assertThat(reason(link)).isEqualTo("deleted");
		choose("LEAVER_CHANGED");
		assertThat(reason(link)).isEqualTo("changed");
	}

	@Test
	void theSoftDeletedAreMembersOrNot() {
		List<String> ids = this.tenant.act("hire Ada Lovelace\ngroup Few\njoin user:1 @last");
		String group = ids.get(1);
		this.tenant.act("join " + ids.getFirst() + " " + group + "\ndelete " + ids.getFirst());
		String first = "/groups/delta?$select=members&$filter=id eq '" + group + "'";
		assertThat(this.tenant.round(first).only().path("members@delta").size()).isEqualTo(2);
		assertThat(this.tenant.get("/groups/" + group + "/members").json().path("value").size()).isEqualTo(1);
		choose("DELETED_MEMBER_UNTOLD\",\"DELETED_MEMBER_LISTED");
		assertThat(this.tenant.round(first).only().path("members@delta").size()).isEqualTo(1);
		assertThat(this.tenant.get("/groups/" + group + "/members").json().path("value").size()).isEqualTo(2);
	}

	@Test
	void aRestoredGroupComesWithItsMembersOrWithout() {
		String link = this.tenant.round("/groups/delta").deltaLink();
		this.tenant.act("delete group:0\nrestore group:0");
		assertThat(this.tenant.round(link).only().has("members@delta")).isTrue();
		choose("RESTORED_GROUP_PLAIN");
		assertThat(this.tenant.round(link).only().has("members@delta")).isFalse();
	}

	@Test
	void anExpirationThatIsTooLateIsRefusedOrShortened() {
		assertThat(subscribe("/users").status()).isEqualTo(400);
		choose("EXPIRATION_CAPPED");
		Answer capped = subscribe("/users");
		assertThat(capped.status()).isEqualTo(201);
		assertThat(Instant.parse(capped.json().path("expirationDateTime").asString()))
			.isBefore(Instant.now().plus(Duration.ofMinutes(41_761)));
	}

	@Test
	void hintsAboutGroupsNeedToReadGroupsOrOnlyTheirMembers() {
		this.tenant.control("PUT", "/apps/reader", "{\"secret\":\"s\",\"permissions\":[\"GroupMember.Read.All\"]}");
		this.tenant.use(this.tenant.token("reader", "s").json().path("access_token").asString());
		choose("EXPIRATION_CAPPED");
		assertThat(subscribe("/groups").status()).isEqualTo(403);
		choose("EXPIRATION_CAPPED\",\"GROUP_HINTS_FOR_MEMBER_READERS");
		assertThat(subscribe("/groups").status()).isEqualTo(201);
		assertThat(this.tenant.control("PUT", "/variants", "{\"variants\":[\"NONE\"]}").status()).isEqualTo(400);
	}

	private void choose(String variant) {
		assertThat(this.tenant.control("PUT", "/variants", "{\"variants\":[\"%s\"]}".formatted(variant)).status())
			.isEqualTo(204);
	}

	private String reason(String link) {
		return this.tenant.round(link).only().at("/members@delta/0/@removed/reason").asString();
	}

	private Answer subscribe(String resource) {
		return this.tenant.call("POST", "/subscriptions",
				"""
						{"changeType":"updated","notificationUrl":"%s","resource":"%s","expirationDateTime":"2099-01-01T00:00:00Z"}"""
					.formatted(this.webhook.url(), resource));
	}

}
