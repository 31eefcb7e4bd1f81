package io.rollcall.reconciler;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent.RunEnded;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.ChangeLog;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What became of a tenant: as the database has it, as readers of the change log see it
 * who dedupe by id, and as readers of the states see it who keep the highest version.
 */
final class Readers implements AutoCloseable {

	private static final Duration LONG = Duration.ofSeconds(90);

	private final MongoPorts ports;

	private final Contoso tenant;

	private final Topic changes;

	private final Topic accounts;

	private final Topic teams;

	private final Topic runs;

	Readers(String brokers, MongoPorts ports, Contoso tenant) {
		this.ports = ports;
		this.tenant = tenant;
		this.changes = new Topic(brokers, Topics.CHANGES);
		this.accounts = new Topic(brokers, Topics.ACCOUNTS);
		this.teams = new Topic(brokers, Topics.TEAMS);
		this.runs = new Topic(brokers, Topics.RUNS);
	}

	/** Has the connection told as active, and waits until that is stored. */
	Readers activated() {
		this.tenant.active();
		Awaitility.await()
			.atMost(LONG)
			.until(() -> this.ports.objects().find(Set.of(), Set.of(this.tenant.connection)).connections().size() == 1);
		return this;
	}

	/** Waits for a run's end. */
	RunEnded ended(RunId run) {
		return Awaitility.await()
			.atMost(LONG)
			.until(() -> ends(run), (ends) -> !ends.isEmpty())
			.values()
			.iterator()
			.next();
	}

	/** The ends of a run that were told, by id: one. */
	Map<String, RunEnded> ends(RunId run) {
		return told(RunEnded.class, (ended) -> ended.run().equals(run));
	}

	/** What was told of runs, once each. */
	<E> Map<String, E> told(Class<E> type, Predicate<E> which) {
		Map<String, E> byId = new LinkedHashMap<>();
		this.runs.events().forEach((envelope) -> {
			if (type.isInstance(envelope.event()) && which.test(type.cast(envelope.event()))) {
				byId.put(envelope.id(), type.cast(envelope.event()));
			}
		});
		return byId;
	}

	/** The highest version of each account and team that was told in a state. */
	Map<String, Long> versions() {
		Map<String, Long> versions = new LinkedHashMap<>();
		states().forEach((key, state) -> versions.put(key, state.version()));
		return versions;
	}

	/** What was told of a person's account. */
	List<String> changesOf(String object) {
		String account = DerivedIds
			.account(this.tenant.organization, new ObjectKey(this.tenant.connection, new ObjectId(object)))
			.value();
		return deduped().stream()
			.filter((change) -> change instanceof Change.AccountChanged of && of.account().value().equals(account))
			.map((change) -> ((Change.AccountChanged) change).what().name())
			.toList();
	}

	/** Waits until everything equals what is true of the tenant. */
	void awaitTruth() {
		Awaitility.await().atMost(LONG).untilAsserted(this::assertTruth);
	}

	private void assertTruth() {
		Map<String, Set<String>> expected = new TreeMap<>();
		this.tenant.people.forEach((object, person) -> expected.put(object + " " + person.name() + " " + person.mail(),
				person.groups()
					.stream()
					.filter(this.tenant.groups::containsKey)
					.map(this.tenant.groups::get)
					.collect(Collectors.toCollection(TreeSet::new))));
		List<Account> accounts = this.ports.accounts(this.tenant.organization)
			.stream()
			.map(StoredAccount::account)
			.toList();
		List<Team> teams = this.ports.teams(this.tenant.organization).stream().map(StoredTeam::team).toList();
		assertThat(active(accounts, teams)).as("accounts").isEqualTo(expected);
		assertThat(teams.stream().filter((team) -> team.status() == State.Status.ACTIVE).map(Team::name)).as("teams")
			.containsExactlyInAnyOrderElementsOf(this.tenant.groups.values());
		assertThat(accounts).allSatisfy((account) -> assertThat(account.staged()).isEqualTo(Account.Staged.NOTHING));
		assertFacts();
		Map<String, State> states = states();
		ChangeLog.assertTellsWhatIsStored(deduped(), accounts, teams, states);
		Set<String> keys = new TreeSet<>();
		accounts.forEach((account) -> keys.add(account.organization() + ":" + account.id()));
		teams.forEach((team) -> keys.add(team.organization() + ":" + team.id()));
		assertThat(states.keySet()).as("states of nobody else").isEqualTo(keys);
	}

	/** By object, name and address, the names of the teams. */
	private static Map<String, Set<String>> active(List<Account> accounts, List<Team> teams) {
		Map<Object, String> names = new LinkedHashMap<>();
		teams.stream()
			.filter((team) -> team.status() == State.Status.ACTIVE)
			.forEach((team) -> names.put(team.id(), team.name()));
		Map<String, Set<String>> active = new TreeMap<>();
		accounts.stream()
			.filter((account) -> account.status() == State.Status.ACTIVE)
			.forEach((account) -> active.put(
					account.object().object() + " " + account.name() + " " + account.fields().get(Account.EMAIL),
					account.memberships()
						.stream()
						.map((member) -> String.valueOf(names.get(member.team())))
						.collect(Collectors.toCollection(TreeSet::new))));
		return active;
	}

	private void assertFacts() {
		Set<String> living = new TreeSet<>();
		this.ports.facts(this.tenant.connection)
			.stream()
			.map(StoredFacts::facts)
			.filter(Facts::lives)
			.forEach((facts) -> living.add(facts.key().object().value()));
		Set<String> there = new TreeSet<>(this.tenant.people.keySet());
		there.addAll(this.tenant.groups.keySet());
		assertThat(living).as("facts").isEqualTo(there);
	}

	private List<Change> deduped() {
		Map<String, Change> byId = new LinkedHashMap<>();
		for (Envelope<?> envelope : this.changes.events()) {
			Change change = (Change) envelope.event();
			if (change.organization().equals(this.tenant.organization)) {
				Change before = byId.putIfAbsent(envelope.id(), change);
				assertThat(before == null || before.equals(change)).as("one id, one change: %s, %s", before, change)
					.isTrue();
			}
		}
		return List.copyOf(byId.values());
	}

	/** As a reader has them who skips what is not newer. */
	private Map<String, State> states() {
		Map<String, State> states = new TreeMap<>();
		Set<Envelope<?>> all = new LinkedHashSet<>(this.accounts.events());
		all.addAll(this.teams.events());
		all.forEach((envelope) -> {
			State state = (State) envelope.event();
			if (state.organization().equals(this.tenant.organization)) {
				states.merge(state.key(), state, (one, other) -> (other.version() > one.version()) ? other : one);
			}
		});
		return states;
	}

	@Override
	public void close() {
		this.changes.close();
		this.accounts.close();
		this.teams.close();
		this.runs.close();
	}

}
