package io.rollcall.reconciler.flow;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountStatus;
import io.rollcall.reconciler.rules.Team;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the change log as a consumer does that dedupes by id, and builds what it tells.
 */
final class ChangeLogReplay {

	private final Map<AccountId, Map<String, String>> fields = new HashMap<>();

	private final Map<AccountId, AccountStatus> status = new HashMap<>();

	private final Map<AccountId, Set<String>> teams = new HashMap<>();

	private final Map<AccountId, String> held = new HashMap<>();

	private final Map<TeamId, String> teamNames = new LinkedHashMap<>();

	private final Map<TeamId, Boolean> archived = new HashMap<>();

	private ApplyCounts counts = ApplyCounts.NONE;

	static void assertTellsWhatIsStored(Tenant tenant, boolean killed) {
		ChangeLogReplay replay = new ChangeLogReplay();
		Map<String, Long> newest = new HashMap<>();
		for (Change change : tenant.changes()) {
			long before = newest.getOrDefault(change.key(), 0L);
			long place = change.version() * 1_000 + change.ordinal();
			assertThat(place).as("the order of %s", change).isGreaterThan(before);
			newest.put(change.key(), place);
			replay.take(change);
		}
		for (Account account : tenant.accounts()) {
			AccountId id = account.id();
			assertThat(replay.held.get(id)).as("held of %s", account)
				.isEqualTo((account.held() != null) ? account.held().reason().name() : null);
			if (account.status() != AccountStatus.WAITING) {
				assertThat(replay.status.get(id)).as("status of %s", account).isEqualTo(account.status());
				assertThat(replay.fields.get(id)).as("fields of %s", account).isEqualTo(account.fields());
				Set<String> teams = new TreeSet<>();
				account.memberships().forEach((membership) -> teams.add(membership.team().value()));
				assertThat(replay.teams.getOrDefault(id, Set.of())).as("teams of %s", account).isEqualTo(teams);
			}
		}
		for (Team team : tenant.teams()) {
			assertThat(replay.teamNames.get(team.id())).isEqualTo(team.name());
			assertThat(replay.archived.get(team.id()))
				.isEqualTo(team.status() == io.rollcall.model.state.State.Status.ARCHIVED);
		}
		if (killed) {
			// What another partition took over before it was counted is counted nowhere.
			assertThat(tenant.counted.created()).isLessThanOrEqualTo(replay.counts.created());
			assertThat(tenant.counted.joined()).isLessThanOrEqualTo(replay.counts.joined());
		}
		else {
			assertThat(tenant.counted).as("the run's counts").isEqualTo(replay.counts);
		}
	}

	private void take(Change change) {
		if (change.cause().run() != null) {
			this.counts = this.counts.plus(AfterWriting.countOf(change));
		}
		switch (change) {
			case Change.AccountCreated created -> {
				this.status.put(created.account(), AccountStatus.ACTIVE);
				created.fields().forEach((field) -> set(created.account(), field));
			}
			case Change.AccountUpdated updated -> updated.fields().forEach((field) -> set(updated.account(), field));
			case Change.AccountDeactivated gone -> this.status.put(gone.account(), AccountStatus.DEACTIVATED);
			case Change.AccountReactivated back -> this.status.put(back.account(), AccountStatus.ACTIVE);
			case Change.AccountHeld held -> this.held.put(held.account(), held.reason().name());
			case Change.AccountReleased released -> this.held.remove(released.account());
			case Change.AccountLinked _ -> {
			}
			case Change.MemberAdded added ->
				this.teams.computeIfAbsent(added.account(), (id) -> new TreeSet<>()).add(added.team().value());
			case Change.MemberRemoved removed -> this.teams.get(removed.account()).remove(removed.team().value());
			case Change.TeamCreated created -> {
				this.teamNames.put(created.team(), created.name());
				this.archived.put(created.team(), false);
			}
			case Change.TeamRenamed renamed -> this.teamNames.put(renamed.team(), renamed.name());
			case Change.TeamArchived archived -> this.archived.put(archived.team(), true);
			case Change.TeamRestored restored -> this.archived.put(restored.team(), false);
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
