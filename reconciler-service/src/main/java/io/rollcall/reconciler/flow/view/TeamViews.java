package io.rollcall.reconciler.flow.view;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The teams of an organization, for looking at. */
public interface TeamViews {

	Mono<TeamView> find(OrganizationId organization, TeamId team);

	/** Those whose name begins with a text, by their ids. */
	Mono<Page<TeamView>> list(OrganizationId organization, @Nullable String text, @Nullable String cursor, int limit);

}
