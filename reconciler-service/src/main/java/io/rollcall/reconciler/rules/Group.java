package io.rollcall.reconciler.rules;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;

/** What a decision about a member needs to know of a group. */
public record Group(OrganizationId organization, ObjectKey key, String name, boolean live) {

	/** The team that the group makes when it is chosen. */
	public TeamId team() {
		return DerivedIds.team(this.organization, this.key);
	}

}
