package io.rollcall.reconciler.flow;

import java.util.Collection;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Decisions asked for over stored facts, in chunks that survive a crash. */
public interface Evaluations {

	/**
	 * Asks for a decision about every object with attributes that has, or had, one of the
	 * groups as a container. Done when that is durable; asking twice does no harm.
	 * @param run the run whose reading led to it, if one did: it waits for the decisions
	 */
	Mono<Void> membersOf(OrganizationId organization, Collection<Turned> groups, String reason, @Nullable RunId run);

	/**
	 * A group that came to count, or ceased to.
	 *
	 * @param turns tells one such turn from the next
	 */
	record Turned(ObjectKey group, int turns) {
	}

}
