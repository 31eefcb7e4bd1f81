package io.rollcall.reconciler;

import java.time.Duration;
import java.util.List;

import io.rollcall.model.run.RunTrigger;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A scope from its publication over HTTP to the accounts, in the running service. */
class ScopeServiceTests {

	private static final String RULES = """
			{"by": "ada", "scope": {"everyone": false, "guests": false, "disabled": false,
			                        "include": {"groups": [{"id": "top", "members": "TRANSITIVE"}]}},
			 "mapping": {"displayName": "displayName", "email": {"from": "MAIL_ELSE_UPN", "onMicrosoft": false},
			             "fields": {}},
			 "teams": {"groups": "NONE"},
			 "guard": {"accounts": {"percent": 10, "floor": 20, "ceiling": 500},
			           "memberships": {"percent": 10, "floor": 20, "ceiling": 500},
			           "teams": {"percent": 10, "floor": 20, "ceiling": 500},
			           "addresses": {"percent": 10, "floor": 20, "ceiling": 500}},
			 "leavers": {"deleted": "DEACTIVATE", "disabled": "DEACTIVATE", "outOfScope": "DEACTIVATE"},
			 "matching": {"by": ["EMAIL"], "create": "AT_ONCE"}}
			""";

	@Test
	void whoIsBelowAChosenGroupIsInUntilAGroupOnTheWayIsMoved() {
		String database = RealServices.freshMongoDatabase("scope-service-tests");
		try (PrivateKafka kafka = PrivateKafka.start();
				MongoPorts ports = MongoPorts.at(RealServices.mongoUri(), database);
				Contoso tenant = new Contoso(kafka.bootstrapServers(), "nested");
				RunningReconciler reconciler = RunningReconciler.start(kafka.bootstrapServers(),
						RealServices.mongoUri(), database)) {
			tenant.group("top", "Top").group("mid", "Middle").group("low", "Low").group("apart", "Apart");
			tenant.nested("mid", "top").nested("low", "mid");
			tenant.person("ada", "Ada", "low").person("bob", "Bob", "mid").person("eve", "Eve", "apart");
			tenant.active();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> reconciler.rest().put("/api/connections/con-nested/rules", RULES).status() == 200);
			tenant.fullRun(RunTrigger.ACTIVATION);
			awaitActive(ports, tenant, "ada", "bob");
			assertThat(reconciler.rest()
				.get("/api/connections/con-nested/people/ada/explain")
				.body()
				.at("/decision/outcome")
				.asString()).isEqualTo("INCLUDE");
			tenant.nested("low", "apart");
			tenant.liveNesting("low", "mid");
			awaitActive(ports, tenant, "bob");
			assertThat(reconciler.rest()
				.get("/api/connections/con-nested/people/ada/explain")
				.body()
				.at("/decision/reason/parameters/rule")
				.asString()).isEqualTo("NOT_CHOSEN");
			tenant.nested("apart", "top");
			tenant.liveNesting("low", "apart");
			tenant.liveNesting("apart", "top");
			awaitActive(ports, tenant, "ada", "bob", "eve");
		}
	}

	private static void awaitActive(MongoPorts ports, Contoso tenant, String... people) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.untilAsserted(() -> assertThat(active(ports, tenant)).containsExactly(people));
	}

	private static List<String> active(MongoPorts ports, Contoso tenant) {
		return ports.accounts(tenant.organization)
			.stream()
			.map(StoredAccount::account)
			.filter((account) -> account.status() == Status.ACTIVE)
			.map(Account::object)
			.map((object) -> object.object().value())
			.sorted()
			.toList();
	}

}
