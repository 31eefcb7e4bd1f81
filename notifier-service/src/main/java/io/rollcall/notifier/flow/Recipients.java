package io.rollcall.notifier.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Mail;
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
	 * Notes that the mail server refuses the address of the mail for good.
	 * @return the key of the first mail that was refused since the recipient was saved;
	 * empty if another address has been saved meanwhile
	 */
	Mono<String> refuseMail(Mail mail, String reason);

}
