package io.rollcall.reconciler;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent.RunCompleted;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountStatus;
import io.rollcall.reconciler.rules.Link;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the apply after each single step, several times: no change may be lost, none may
 * reach a consumer twice that dedupes by id.
 */
class KillsTests {

	private static final int USERS = 40;

	private static final AtomicInteger KILLS = new AtomicInteger();

	private static volatile CrashPoints crashPoints = CrashPoints.NONE;

	private static PrivateKafka kafka;

	private static RunningReconciler reconciler;

	private static MongoPorts ports;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		String database = RealServices.freshMongoDatabase("kills-tests");
		ports = MongoPorts.at(RealServices.mongoUri(), database);
		reconciler = RunningReconciler.start(kafka.bootstrapServers(), RealServices.mongoUri(), database,
				(step) -> crashPoints.after(step));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		ports.close();
		kafka.close();
	}

	@ParameterizedTest
	@EnumSource(CrashPoints.Step.class)
	void losesNothingAndDoublesNothingWhenKilledAfter(CrashPoints.Step step) {
		KILLS.set(0);
		crashPoints = (done) -> {
			if (done == step && KILLS.incrementAndGet() <= 4) {
				throw new IllegalStateException("killed after " + step);
			}
		};
		String tenant = "killed-" + step.name().toLowerCase();
		OrganizationId organization = new OrganizationId("org-" + tenant);
		try (Topic changes = new Topic(kafka.bootstrapServers(), Topics.CHANGES);
				Topic runs = new Topic(kafka.bootstrapServers(), Topics.RUNS);
				Topic accounts = new Topic(kafka.bootstrapServers(), Topics.ACCOUNTS);
				Topic teams = new Topic(kafka.bootstrapServers(), Topics.TEAMS)) {
			RunCompleted first = completed(runs, everybody(tenant, 1).publish(reconciler));
			assertThat(first.applied().created()).isEqualTo(USERS);
			assertThat(first.applied().teams()).isEqualTo(2);
			assertThat(first.applied().joined()).isEqualTo(USERS);
			KILLS.set(0);
			// In the second run user 0 is gone, user 1 has another name and user 2 left
			// its group.
			FullRun second = new FullRun(tenant, 2).group("g0", "Group 0").group("g1", "Group 1");
			for (int i = 1; i < USERS; i++) {
				second.user("u" + i, (i == 1) ? "Renamed" : "User " + i);
				if (i != 2) {
					second.member("u" + i, "g" + i % 2);
				}
			}
			RunCompleted completed = completed(runs, second.publish(reconciler));
			assertThat(completed.applied().created()).isZero();
			assertThat(completed.applied().updated()).isEqualTo(1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(types(changes, organization))
					.isEqualTo(Map.of("AccountCreated", USERS, "TeamCreated", 2, "MemberAdded", USERS, "AccountUpdated",
							1, "AccountDeactivated", 1, "MemberRemoved", 1)));
			assertThat(ports.allAccounts(organization)).hasSize(USERS)
				.filteredOn((stored) -> stored.document().status() == AccountStatus.DEACTIVATED)
				.hasSize(1);
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertStatesEqualDocuments(ports, organization, accounts, teams));
			assertThat(KILLS.get()).isGreaterThan(0);
		}
		finally {
			crashPoints = CrashPoints.NONE;
		}
	}

	private static FullRun everybody(String tenant, int number) {
		FullRun run = new FullRun(tenant, number).group("g0", "Group 0").group("g1", "Group 1");
		for (int i = 0; i < USERS; i++) {
			run.user("u" + i, "User " + i).member("u" + i, "g" + i % 2);
		}
		return run;
	}

	static RunCompleted completed(Topic runs, RunId run) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> runs.events()
				.stream()
				.filter((envelope) -> envelope.event() instanceof RunCompleted completed && completed.run().equals(run))
				.map((envelope) -> (RunCompleted) envelope.event())
				.findFirst()
				.orElse(null), (found) -> found != null);
	}

	private static Map<String, Integer> types(Topic changes, OrganizationId organization) {
		Map<String, Change> byId = new LinkedHashMap<>();
		for (Envelope<?> envelope : changes.events()) {
			Change change = (Change) envelope.event();
			if (change.organization().equals(organization)) {
				Change before = byId.put(envelope.id(), change);
				assertThat(before == null || before.equals(change)).as("one id, one change: %s, %s", before, change)
					.isTrue();
			}
		}
		return byId.values()
			.stream()
			.collect(Collectors.toMap((change) -> change.getClass().getSimpleName(), (change) -> 1, Integer::sum));
	}

	static void assertStatesEqualDocuments(MongoPorts ports, OrganizationId organization, Topic accounts, Topic teams) {
		Map<String, Envelope<?>> states = accounts.latest();
		List<Account> documents = ports.allAccounts(organization).stream().map((stored) -> stored.document()).toList();
		for (Account account : documents) {
			assertThat(states).containsKey(organization + ":" + account.id());
			State.AccountState state = (State.AccountState) states.get(organization + ":" + account.id()).event();
			assertThat(state.fields()).isEqualTo(account.fields());
			assertThat(state.status().name()).isEqualTo(account.status().name());
			assertThat(state.version()).isEqualTo(account.version());
			assertThat(state.teams()).isEqualTo(account.memberships()
				.stream()
				.map((place) -> new State.Membership(place.team(), place.role()))
				.toList());
			Link link = Objects.requireNonNull(account.link());
			assertThat(state.connection()).isEqualTo(link.object().connection());
			assertThat(state.object()).isEqualTo(link.object().object());
		}
		assertThat(states.keySet().stream().filter((key) -> key.startsWith(organization + ":")))
			.hasSize(documents.size());
		List<Team> stored = ports.allTeams(organization).stream().map((team) -> team.document()).toList();
		Map<String, Envelope<?>> teamStates = teams.latest();
		assertThat(teamStates.keySet().stream().filter((key) -> key.startsWith(organization + ":")))
			.hasSameSizeAs(stored)
			.hasSize(2);
		for (Team team : stored) {
			State.TeamState state = (State.TeamState) teamStates.get(organization + ":" + team.id()).event();
			ObjectKey group = Objects.requireNonNull(team.group());
			assertThat(state).isEqualTo(new State.TeamState(organization, team.id(), team.version(), team.status(),
					team.name(), group.connection(), group.object(), state.at()));
		}
	}

}
