package io.rollcall.reconciler.rules;

import io.rollcall.model.TeamId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.directory.Observation.ManualMemberRequested;
import org.jspecify.annotations.Nullable;

/** What people decided about an account's teams by hand; survives every run. */
final class ManualMembers {

	private ManualMembers() {
	}

	static void apply(AccountDraft draft, Deciding deciding) {
		if (draft.status() == AccountStatus.WAITING) {
			return;
		}
		for (ManualMemberRequested request : deciding.manual()) {
			if (!draft.remembers(request.command())) {
				draft.remember(request.command());
				apply(draft, deciding, request);
			}
		}
	}

	private static void apply(AccountDraft draft, Deciding deciding, ManualMemberRequested request) {
		MemberOf known = draft.memberships().get(request.team());
		Cause cause = deciding.because("given by hand", request.by());
		if (request.role() != null) {
			MemberOf given = new MemberOf(request.team(), name(deciding, request.team(), known), request.role(),
					MemberOf.Origin.MANUAL);
			if (!given.equals(known)) {
				draft.join(given, cause);
			}
		}
		else if (known != null && known.origin() == MemberOf.Origin.MANUAL) {
			draft.leave(known, cause);
		}
	}

	private static String name(Deciding deciding, TeamId team, @Nullable MemberOf known) {
		return deciding.groups()
			.stream()
			.filter((group) -> group.team().equals(team))
			.map(Group::name)
			.findFirst()
			.orElse((known != null) ? known.teamName() : team.value());
	}

}
