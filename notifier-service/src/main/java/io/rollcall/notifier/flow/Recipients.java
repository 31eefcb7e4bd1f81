package io.rollcall.notifier.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Recipient;
import org.jspecify.annotations.Nullable;

/** Who is told what happens in an organization. */
public interface Recipients {

	/** The recipients of each organization; one without any is missing from the map. */
	Map<OrganizationId, List<Recipient>> of(Collection<OrganizationId> organizations);

	/** All that have recipients. */
	List<OrganizationId> organizations();

	@Nullable Recipient find(InboxId inbox);

	/** Makes these the organization's recipients, and nobody else. */
	void replace(OrganizationId organization, List<Recipient> recipients);

	/**
	 * Nothing more is mailed to the recipient, unless another address has been saved
	 * meanwhile.
	 */
	void refuseMail(InboxId inbox, String email, String reason);

}
