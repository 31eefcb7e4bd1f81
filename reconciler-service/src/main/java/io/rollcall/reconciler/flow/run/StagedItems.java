package io.rollcall.reconciler.flow.run;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.rules.guard.StagedItem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** What is staged on a connection's accounts and teams. */
public interface StagedItems {

	/** The next items, in a fixed order; without those that are released or rejected. */
	Mono<Slice> slice(OrganizationId organization, ConnectionId connection, @Nullable String cursor);

	/** How many of a kind the connection has in use, those that are staged included. */
	Mono<Long> total(OrganizationId organization, ConnectionId connection, GuardedKind kind);

	/**
	 * Some of them.
	 *
	 * @param next where to go on, or null when there are no more
	 */
	record Slice(List<StagedItem> items, @Nullable String next) {

		public Slice {
			items = List.copyOf(items);
		}

	}

}
