package io.rollcall.reconciler.flow.view;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.directory.Observation.PlaceGiven;
import io.rollcall.model.directory.Observation.RoleGiven;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.view.Acts.Asked;
import io.rollcall.reconciler.flow.view.Acts.Done;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/** Places in teams, and roles in the organization, that people give. */
public final class Places {

	private final Acts acts;

	private final Views views;

	private final InstantSource clock;

	public Places(Acts acts, Views views, InstantSource clock) {
		this.acts = acts;
		this.views = views;
		this.clock = clock;
	}

	/**
	 * Gives accounts places in a team, or takes them.
	 * @param roles by account; null takes the place
	 */
	public List<Done> give(Team team, Map<AccountId, @Nullable String> roles, String by) {
		Map<AccountId, Account> accounts = accounts(team.organization(), List.copyOf(roles.keySet()));
		return this.acts.doAll(team.organization(),
				roles.entrySet()
					.stream()
					.map((place) -> asked(team, place.getKey(), accounts.get(place.getKey()), place.getValue(), by))
					.toList());
	}

	private Asked asked(Team team, AccountId id, @Nullable Account account, @Nullable String role, String by) {
		if (account == null || account.status() == Status.WAITING) {
			return Asked.refused(id.value(),
					"organization '%s' has no account '%s'".formatted(team.organization(), id));
		}
		Account.Member member = memberOf(account, team);
		if (role == null && member != null && !member.byHand()) {
			return Asked.refused(id.value(),
					"the directory has it in this team: take it out of the group or from the manager there");
		}
		if (isPlaced(member, role)) {
			return Asked.done(id.value());
		}
		ObjectKey key = account.key();
		return new Asked(id.value(), key,
				new PlaceGiven(team.organization(), key.connection(), key.object(), id, team.id(), role, by, now()),
				(after) -> after.id().equals(id) && isPlaced(memberOf(after, team), role), null);
	}

	/** Whether a person gave just this place, or none. */
	private static boolean isPlaced(Account.@Nullable Member member, @Nullable String role) {
		return (role != null) ? member != null && member.byHand() && member.role().equals(role)
				: member == null || !member.byHand();
	}

	private static Account.@Nullable Member memberOf(Account account, Team team) {
		return account.memberships()
			.stream()
			.filter((member) -> member.team().equals(team.id()))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Gives an account a role in the organization.
	 * @param role null takes it
	 */
	public Done role(Account account, @Nullable String role, String by) {
		ObjectKey key = account.key();
		AccountId id = account.id();
		Asked asked = new Asked(id.value(), key,
				new RoleGiven(account.organization(), key.connection(), key.object(), id, role, by, now()),
				(after) -> after.id().equals(id) && Objects.equals(after.fields().get(Account.ROLE), role), null);
		return this.acts.doAll(account.organization(), List.of(asked)).getFirst();
	}

	private Map<AccountId, Account> accounts(OrganizationId organization, List<AccountId> ids) {
		return this.views.accounts(organization, ids)
			.stream()
			.map(StoredAccount::account)
			.collect(Collectors.toMap(Account::id, Function.identity()));
	}

	private Instant now() {
		return this.clock.instant();
	}

}
