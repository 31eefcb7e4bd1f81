package io.rollcall.reconciler.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.model.TeamId;
import io.rollcall.model.run.RunEvent.GuardedKind;

/**
 * Puts an account into the teams of its groups at once, and out of others when the guard
 * lets it.
 */
final class Memberships {

	private Memberships() {
	}

	static void apply(AccountDraft draft, Deciding deciding) {
		Map<TeamId, Group> wanted = new LinkedHashMap<>();
		for (Group group : deciding.groups()) {
			if (group.live() && deciding.rules().chooses(group.key().object())) {
				wanted.put(group.team(), group);
			}
		}
		wanted.forEach((team, group) -> {
			if (!draft.memberships().containsKey(team)) {
				draft.join(new MemberOf(team, group.name(), MemberOf.MEMBER, MemberOf.Origin.SYNC),
						deciding.because("member of the group in the directory"));
			}
		});
		draft.removals().keySet().removeIf((team) -> wanted.containsKey(team) || !synced(draft, team));
		for (MemberOf membership : new ArrayList<>(draft.memberships().values())) {
			if (membership.origin() == MemberOf.Origin.SYNC && !wanted.containsKey(membership.team())) {
				remove(draft, deciding, membership);
			}
		}
	}

	private static void remove(AccountDraft draft, Deciding deciding, MemberOf membership) {
		Staged.Removal staged = draft.removals().get(membership.team());
		if (staged == null) {
			draft.removals()
				.put(membership.team(),
						new Staged.Removal(membership.team(), deciding.run(), deciding.now(), draft.nextVersion()));
		}
		else if (deciding.released(GuardedKind.MEMBERSHIPS, staged.version())) {
			draft.removals().remove(membership.team());
			draft.leave(membership, deciding.because("no longer a member of the group in the directory"));
		}
	}

	private static boolean synced(AccountDraft draft, TeamId team) {
		MemberOf membership = draft.memberships().get(team);
		return membership != null && membership.origin() == MemberOf.Origin.SYNC;
	}

}
