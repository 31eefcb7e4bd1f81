package io.rollcall.reconciler;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.support.kafka.EventPublisher;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The people of one active connection, as the connector reads them live. */
final class People {

	private final RunningReconciler reconciler;

	private final Coordinated tenant;

	private int readings;

	People(RunningReconciler reconciler, String name) {
		this.reconciler = reconciler;
		this.tenant = new Coordinated(reconciler, name);
		this.tenant.status(ConnectionStatus.ACTIVE);
	}

	String organization() {
		return "/api/organizations/" + this.tenant.organization;
	}

	String connection() {
		return "/api/connections/" + this.tenant.connection;
	}

	String person(String object) {
		return connection() + "/people/" + object;
	}

	/** Publishes rules that are the standard ones but for a part. */
	void rules(String part, String json) {
		String path = connection() + "/rules";
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			ObjectNode rules = (ObjectNode) this.reconciler.rest().get(path).body().get("rules");
			rules.put("by", "ada");
			rules.set(part, JsonMapper.shared().readTree(json));
			return this.reconciler.rest().put(path, rules.toString()).status() == 200;
		});
	}

	void reads(String object, String... more) {
		Map<String, Object> attributes = new LinkedHashMap<>(
				Map.of("displayName", "Name of " + object, "accountEnabled", true, "userType", "Member", "mail",
						object + "@example.org", "userPrincipalName", object + "@tenant.example"));
		attributes.put("employeeId", null);
		for (int i = 0; i < more.length; i += 2) {
			attributes.put(more[i], more[i + 1]);
		}
		says(object, List.copyOf(attributes.keySet()),
				new Cell.ObjectRead(0, new ObjectId(object), ObjectKind.USER, new Attributes(attributes), Edges.NONE));
	}

	void removes(String object) {
		says(object, null, new Cell.ObjectGone(0, new ObjectId(object), ObjectKind.USER, Removal.RESTORABLE));
	}

	private void says(String object, List<String> selection, Cell cell) {
		int partition = EventPublisher.partitionOf(Observation.keyOf(this.tenant.connection, new ObjectId(object)));
		this.reconciler.publish(Topics.OBSERVATIONS, partition,
				new CellsObserved(this.tenant.organization, this.tenant.connection, new SourceId("global/tenant/app"),
						Sequence.of(7, ++this.readings), partition, null, selection, List.of(cell)));
	}

	/** The account that a person has, or waits for, when it is as expected. */
	JsonNode awaitAccount(String object, Predicate<JsonNode> state) {
		return await(person(object) + "/explain", (explained) -> state.test(explained.path("account"))).get("account");
	}

	JsonNode await(String path, Predicate<JsonNode> state) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.reconciler.rest().get(path),
					(answer) -> answer.status() == 200 && state.test(answer.body()))
			.body();
	}

	/** What came of an act for many. */
	JsonNode acts(String path, String body) {
		Rest.Answer answer = this.reconciler.rest().post(path, body);
		if (answer.status() != 200) {
			throw new AssertionError(answer.status() + " " + answer.body());
		}
		return answer.body();
	}

}
