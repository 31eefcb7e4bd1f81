package io.rollcall.reconciler.flow.run;

import io.rollcall.model.OrganizationId;
import reactor.core.publisher.Mono;

/** The organizations' guard ledgers. */
public interface GuardLedgers {

	/** The ledger, at version 0 when nothing was ever said. */
	Mono<GuardLedger> find(OrganizationId organization);

	/** Stores the next version; false when somebody else stored it. */
	Mono<Boolean> save(GuardLedger next);

	/** Raises the version, so that whoever is gathering gathers again. */
	Mono<Void> touch(OrganizationId organization);

}
