package io.rollcall.reconciler.rules;

import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State.Status;
import org.jspecify.annotations.Nullable;

/** What people's acts make of accounts and teams, whatever the directory says. */
public final class ByHand {

	private ByHand() {
	}

	/**
	 * The account with a place in a team that a person gave it; the team is named, and
	 * whoever was there by the directory stays with the role of the person.
	 */
	public static Account place(Account account, Team team, String role) {
		AccountDraft draft = new AccountDraft(account);
		draft.memberships.put(team.id(), new Account.Member(team.id(), team.name(), role, true));
		draft.removals.remove(team.id());
		return draft.done(account.rulesVersion());
	}

	/** The account with the place in a team called as the team is now, if it has one. */
	public static Account rename(Account account, Team team) {
		return account.memberships()
			.stream()
			.filter((member) -> member.byHand() && member.team().equals(team.id()))
			.findFirst()
			.map((member) -> place(account, team, member.role()))
			.orElse(account);
	}

	/**
	 * The account without the place that a person gave it. Whether the directory has it
	 * there is for the next decision.
	 */
	public static Account takePlace(Account account, TeamId team) {
		AccountDraft draft = new AccountDraft(account);
		Account.Member member = draft.memberships.get(team);
		if (member != null && member.byHand()) {
			draft.memberships.remove(team);
		}
		return draft.done(account.rulesVersion());
	}

	/**
	 * The account with another role in the organization.
	 * @param role null for none
	 */
	public static Account role(Account account, @Nullable String role) {
		AccountDraft draft = new AccountDraft(account);
		Map<String, String> fields = new LinkedHashMap<>(account.fields());
		if (role != null) {
			fields.put(Account.ROLE, role);
		}
		else {
			fields.remove(Account.ROLE);
		}
		draft.fields = fields;
		return draft.done(account.rulesVersion());
	}

	/**
	 * A team that a person made.
	 * @param team as it is; null when there is none
	 * @param name null to archive it
	 */
	public static @Nullable Team shape(OrganizationId organization, TeamId id, @Nullable Team team,
			@Nullable TeamName name) {
		if (team == null) {
			return (name != null)
					? new Team(organization, id, name.text(), name.key(), Status.ACTIVE, null, null, null, 0, 0, 0)
					: null;
		}
		Team next = (name != null) ? team.with(name.text(), name.key(), Status.ACTIVE, null)
				: team.with(team.name(), null, Status.ARCHIVED, null);
		return next.equals(team) ? null : next;
	}

	/** Why somebody loses a place: a person said so, or the team is gone. */
	public static Reason whyTaken(boolean byPerson) {
		return Reason.of(byPerson ? Reason.Code.BY_HAND : Reason.Code.CONTAINER_GONE);
	}

}
