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
	 * @param run the run whose reading led to it, if one did
	 */
	Mono<Void> membersOf(OrganizationId organization, Collection<ObjectKey> groups, String reason, @Nullable RunId run);

}
