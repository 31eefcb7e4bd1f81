package io.rollcall.reconciler.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change.AccountChanged;
import io.rollcall.model.change.Change.TeamChanged;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.state.State.Status;
import org.jspecify.annotations.Nullable;

/**
 * The change that lies between two versions of an account or a team; none where only what
 * nobody is told of differs.
 *
 * @param connection null where a person's act alone led to it
 * @param by the person who asked for it, if one did
 */
public record Changes(@Nullable ConnectionId connection, @Nullable RunId run, @Nullable String by, Instant now) {

	/**
	 * What an account's next version consists of.
	 * @param reason why it leaves, why it is not held any more, what matched, or that a
	 * person said so
	 */
	public @Nullable AccountChanged of(Account before, Account after, Reason reason) {
		List<FieldChange> fields = fields(before.fields(), after.fields());
		List<AccountChanged.Membership> joined = joined(after.memberships(), before.memberships());
		List<AccountChanged.Membership> left = left(before.memberships(), after.memberships());
		AccountChanged.What what = what(before, after, fields, joined, left);
		if (what == null) {
			return null;
		}
		return new AccountChanged(after.organization(), after.id(), after.version(), what, after.name(), after.status(),
				fields, joined, left, after.held(),
				cause(reason(what, before, after, joined, reason), after.rulesVersion()), this.now);
	}

	/** What a team's next version consists of. */
	public @Nullable TeamChanged of(Team before, Team after) {
		TeamChanged.What what = null;
		Reason.Code reason = Reason.Code.CHANGED_IN_DIRECTORY;
		if (before.revision() == 0) {
			what = TeamChanged.What.CREATED;
			reason = Reason.Code.CONTAINER_CHOSEN;
		}
		else if (before.status() != after.status()) {
			boolean archived = after.status() == Status.ARCHIVED;
			what = archived ? TeamChanged.What.ARCHIVED : TeamChanged.What.RESTORED;
			reason = archived ? Reason.Code.CONTAINER_GONE : Reason.Code.CONTAINER_BACK;
		}
		else if (!before.name().equals(after.name())) {
			what = TeamChanged.What.RENAMED;
		}
		if (what == null) {
			return null;
		}
		return new TeamChanged(after.organization(), after.id(), after.version(), what, after.name(),
				before.name().equals(after.name()) ? null : before.name(), after.status(),
				cause(Reason.of((after.source() != null) ? reason : Reason.Code.BY_HAND), after.rulesVersion()),
				this.now);
	}

	private static AccountChanged.@Nullable What what(Account before, Account after, List<FieldChange> fields,
			List<AccountChanged.Membership> joined, List<AccountChanged.Membership> left) {
		if (before.status() == Status.WAITING && after.status() == Status.ACTIVE) {
			return AccountChanged.What.CREATED;
		}
		if (!Objects.equals(before.object(), after.object())) {
			return (after.object() != null) ? AccountChanged.What.LINKED : AccountChanged.What.UPDATED;
		}
		if (before.status() != after.status()) {
			return switch (after.status()) {
				case DEACTIVATED -> AccountChanged.What.DEACTIVATED;
				case ARCHIVED -> AccountChanged.What.ARCHIVED;
				case ACTIVE, WAITING -> AccountChanged.What.REACTIVATED;
			};
		}
		if (!Objects.equals(before.held(), after.held())) {
			return (after.held() != null) ? AccountChanged.What.HELD : AccountChanged.What.RELEASED;
		}
		if (!fields.isEmpty()) {
			return AccountChanged.What.UPDATED;
		}
		return (joined.isEmpty() && left.isEmpty()) ? null : AccountChanged.What.MEMBERSHIPS;
	}

	private static Reason reason(AccountChanged.What what, Account before, Account after,
			List<AccountChanged.Membership> joined, Reason given) {
		Reason held = after.held();
		boolean byAPerson = given.code() == Reason.Code.BY_HAND || given.code() == Reason.Code.IMPORTED;
		if (byAPerson && what != AccountChanged.What.HELD) {
			return given;
		}
		return switch (what) {
			case CREATED -> (given.code() == Reason.Code.IN_SCOPE) ? given : Reason.of(Reason.Code.IN_SCOPE);
			case REACTIVATED -> Reason.of(Reason.Code.IN_SCOPE_AGAIN);
			case HELD -> (held != null) ? held : given;
			case LINKED, DEACTIVATED, ARCHIVED, RELEASED -> given;
			case UPDATED -> (before.emailKey() != null && after.emailKey() == null)
					? Reason.of(Reason.Code.EMAIL_PASSED_ON, "email", before.emailKey())
					: Reason.of(Reason.Code.CHANGED_IN_DIRECTORY);
			case MEMBERSHIPS -> (given.code() == Reason.Code.CONTAINER_GONE) ? given : Reason
				.of(joined.isEmpty() ? Reason.Code.NO_MEMBER_IN_DIRECTORY : Reason.Code.MEMBER_IN_DIRECTORY);
		};
	}

	private Cause cause(Reason reason, int rulesVersion) {
		return new Cause(this.connection, this.run, reason, rulesVersion, this.by);
	}

	private static List<FieldChange> fields(Map<String, String> before, Map<String, String> after) {
		List<FieldChange> changed = new ArrayList<>();
		after.forEach((field, value) -> {
			String from = before.get(field);
			if (!value.equals(from)) {
				changed.add(new FieldChange(field, from, value));
			}
		});
		before.forEach((field, value) -> {
			if (!after.containsKey(field)) {
				changed.add(new FieldChange(field, value, null));
			}
		});
		return changed;
	}

	private static List<AccountChanged.Membership> left(List<Account.Member> before, List<Account.Member> after) {
		if (before.equals(after)) {
			return List.of();
		}
		Set<TeamId> teams = new HashSet<>();
		after.forEach((member) -> teams.add(member.team()));
		return before.stream()
			.filter((member) -> !teams.contains(member.team()))
			.map((member) -> new AccountChanged.Membership(member.team(), member.name(), member.role()))
			.toList();
	}

	/** The memberships that were not there before, or in another role. */
	private static List<AccountChanged.Membership> joined(List<Account.Member> after, List<Account.Member> before) {
		if (after.equals(before)) {
			return List.of();
		}
		Map<TeamId, String> roles = new HashMap<>();
		before.forEach((member) -> roles.put(member.team(), member.role()));
		return after.stream()
			.filter((member) -> !member.role().equals(roles.get(member.team())))
			.map((member) -> new AccountChanged.Membership(member.team(), member.name(), member.role()))
			.toList();
	}

}
