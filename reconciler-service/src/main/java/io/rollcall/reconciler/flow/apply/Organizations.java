package io.rollcall.reconciler.flow.apply;

import java.util.List;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;

/** What people decided for a whole organization. */
public interface Organizations {

	/**
	 * Stores who owns one.
	 * @throws WrittenByOthers when that was written since it was read
	 */
	void write(Owners owners);

	/** The accounts with a place in a team that a person gave them. */
	List<StoredAccount> placedIn(OrganizationId organization, TeamId team);

}
