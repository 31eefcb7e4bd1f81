package io.rollcall.reconciler.flow.apply;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.rollcall.model.AccountId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.Tally;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Team;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the change log as a consumer does that dedupes by id, and builds what it tells.
 */
public final class ChangeLog {

	private final Map<AccountId, Map<String, String>> fields = new HashMap<>();

	private final Map<AccountId, State.Status> status = new HashMap<>();

	private final Map<AccountId, Set<String>> teams = new HashMap<>();

	private final Map<AccountId, Object> held = new HashMap<>();

	private final Map<TeamId, String> teamNames = new LinkedHashMap<>();

	private final Map<TeamId, State.Status> teamStatus = new HashMap<>();

	private final Map<String, Long> newest = new HashMap<>();

	private Tally ofRun = Tally.NONE;

	/**
	 * Versions are 1, 2, 3, …, each told, and they fold to what is stored, as the newest
	 * states do.
	 */
	static void assertTellsWhatIsStored(Tenant tenant, boolean counts) {
		ChangeLog log = assertTellsWhatIsStored(tenant.changes(), tenant.accounts(), tenant.teams(), tenant.states);
		if (counts) {
			assertThat(counted(tenant).counts()).as("what was counted of the run").isEqualTo(log.ofRun.counts());
		}
	}

	/**
	 * The same of changes as a consumer sees them that dedupes by id, and of the newest
	 * state of each key.
	 */
	public static ChangeLog assertTellsWhatIsStored(List<Change> changes, List<Account> accounts, List<Team> teams,
			Map<String, State> states) {
		ChangeLog log = new ChangeLog();
		changes.forEach(log::take);
		for (Account account : accounts) {
			AccountId id = account.id();
			String key = account.organization() + ":" + id;
			assertThat(log.newest.getOrDefault(key, 0L)).as("the versions of %s", account).isEqualTo(account.version());
			assertThat(log.held.get(id)).as("held of %s", account).isEqualTo(account.held());
			assertThat(log.status.get(id)).as("status of %s", account).isEqualTo(account.status());
			assertThat(log.fields.getOrDefault(id, Map.of())).as("fields of %s", account).isEqualTo(account.fields());
			Set<String> teamsOf = account.memberships()
				.stream()
				.map((membership) -> membership.team().value())
				.collect(Collectors.toSet());
			assertThat(log.teams.getOrDefault(id, Set.of())).as("teams of %s", account).isEqualTo(teamsOf);
			State.AccountState state = (State.AccountState) states.get(key);
			assertThat(state).as("the state of %s", account).isNotNull();
			assertThat(state.version()).as("the state of %s", account).isEqualTo(account.version());
			assertThat(state.status()).isEqualTo(account.status());
			assertThat(state.fields()).isEqualTo(account.fields());
			assertThat(state.teams().stream().map((of) -> of.team().value()))
				.containsExactlyInAnyOrderElementsOf(teamsOf);
		}
		for (Team team : teams) {
			assertThat(log.teamNames.get(team.id())).isEqualTo(team.name());
			assertThat(log.teamStatus.get(team.id())).isEqualTo(team.status());
			State.TeamState state = (State.TeamState) states.get(team.organization() + ":" + team.id());
			assertThat(state.version()).isEqualTo(team.version());
			assertThat(state.name()).isEqualTo(team.name());
			assertThat(state.status()).isEqualTo(team.status());
		}
		return log;
	}

	private static Tally counted(Tenant tenant) {
		Tally sum = Tally.NONE;
		for (Progress told : tenant.progress) {
			if (told instanceof Progress.RecordsApplied applied && applied.run().equals(Tenant.RUN)) {
				sum = sum.plus(applied.changed());
			}
		}
		return sum;
	}

	private void take(Change change) {
		long version = this.newest.merge(change.key(), 1L, Long::sum);
		assertThat(change.version()).as("the version of %s", change).isEqualTo(version);
		if (Tenant.RUN.equals(change.cause().run())) {
			this.ofRun = this.ofRun.plus(Tally.of(change));
		}
		switch (change) {
			case Change.AccountChanged account -> {
				AccountId id = account.account();
				this.status.put(id, account.status());
				account.fields().forEach((field) -> set(id, field));
				Set<String> teams = this.teams.computeIfAbsent(id, (none) -> new TreeSet<>());
				account.joined().forEach((team) -> teams.add(team.team().value()));
				account.left().forEach((team) -> assertThat(teams.remove(team.team().value())).isTrue());
				this.held.put(id, account.held());
			}
			case Change.TeamChanged team -> {
				this.teamNames.put(team.team(), team.name());
				this.teamStatus.put(team.team(), team.status());
			}
		}
	}

	private void set(AccountId account, FieldChange change) {
		Map<String, String> fields = this.fields.computeIfAbsent(account, (id) -> new TreeMap<>());
		assertThat(fields.get(change.field())).as("%s before %s", change.field(), change).isEqualTo(change.from());
		if (change.to() != null) {
			fields.put(change.field(), change.to());
		}
		else {
			fields.remove(change.field());
		}
	}

}
