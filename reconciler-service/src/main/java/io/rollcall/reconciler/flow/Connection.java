package io.rollcall.reconciler.flow;

import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.SourceId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Rules;

/**
 * A connection as the coordinator keeps it: what is read with every batch.
 *
 * @param rules the newest published rules; the standard ones when none were published
 * @param setAside whether what it sends is passed over
 * @param hidden the containers that the rules name and whose members Graph does not show
 */
public record Connection(ConnectionId id, OrganizationId organization, SourceId source, String name,
		ConnectionStatus status, Rules rules, boolean setAside, Set<Container> hidden) {

	/** Whether anything is decided for it; facts are applied in any case. */
	public boolean isDecided() {
		return this.status == ConnectionStatus.ACTIVE;
	}

}
