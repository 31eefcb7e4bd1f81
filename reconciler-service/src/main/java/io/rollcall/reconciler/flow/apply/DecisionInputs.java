package io.rollcall.reconciler.flow.apply;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.ObjectKey;

/** What decisions read, all of it side by side and from the primary. */
public interface DecisionInputs {

	Found read(Wanted wanted);

	/**
	 * What to look for; what is not there is left out.
	 *
	 * @param teamNames what the keys of teams' names begin with
	 * @param managers who may have reports
	 * @param nestings those of the containers of which also what is above them is read
	 * @param owners the organizations of which the list of owners is read
	 */
	record Wanted(Map<OrganizationId, Set<ObjectKey>> accountsOf, Map<OrganizationId, Set<AccountId>> accounts,
			Map<OrganizationId, Set<String>> emails, Map<OrganizationId, Set<String>> wantedEmails,
			Map<OrganizationId, Set<String>> keys, Map<OrganizationId, Set<TeamId>> teams,
			Map<OrganizationId, Set<String>> teamNames, Set<ObjectKey> managers, Set<ObjectKey> containers,
			Set<ObjectKey> nestings, Set<ObjectKey> objects, Set<OrganizationId> owners,
			Collection<ConnectionId> connections) {

		/** Of some connections only what they are, until more is added. */
		public static Wanted of(Collection<ConnectionId> connections) {
			return new Wanted(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(),
					new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(),
					new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(),
					new LinkedHashSet<>(), connections);
		}

	}

	/**
	 * What was found.
	 *
	 * @param managers those who have reports whose accounts are in use
	 * @param facts of containers only what a member's decision reads
	 */
	record Found(List<StoredAccount> accounts, List<StoredTeam> teams, Set<ObjectKey> managers,
			Map<ObjectKey, Facts> facts, Map<ObjectKey, Nesting> nestings, Map<OrganizationId, Owners> owners,
			Map<ConnectionId, Connection> connections) {
	}

}
