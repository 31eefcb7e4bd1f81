package io.rollcall.notifier.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Recipient;
import reactor.core.publisher.Mono;

/** Who is told what happens in an organization. */
public interface Recipients {

	/** The recipients of each organization; one without any is missing from the map. */
	Mono<Map<OrganizationId, List<Recipient>>> of(Collection<OrganizationId> organizations);

	/** Empty when there is no such recipient. */
	Mono<Recipient> find(InboxId inbox);

	/** Makes these the organization's recipients, and nobody else. */
	Mono<Void> replace(OrganizationId organization, List<Recipient> recipients);

	/**
	 * Notes that the mail server refuses the address for good, unless another one has
	 * been saved since.
	 */
	Mono<Void> refuseMail(InboxId inbox, String email, String reason);

}
