package io.rollcall.reconciler.flow.apply;

import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;

/**
 * The one list of an organization's owners who are in use: whoever takes one off writes
 * the list first, so that of two who leave at once one is the last and stays.
 *
 * @param revision rises with every write; 0 before it is stored
 */
public record Owners(OrganizationId organization, Set<AccountId> accounts, long revision) {

	public Owners {
		accounts = Set.copyOf(accounts);
	}

}
