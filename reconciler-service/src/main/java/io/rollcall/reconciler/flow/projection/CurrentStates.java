package io.rollcall.reconciler.flow.projection;

import java.util.Collection;
import java.util.Map;

import io.rollcall.model.state.State.AccountState;
import io.rollcall.model.state.State.TeamState;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Accounts and teams as they are stored now, by their keys. Reads are from the primary.
 */
public interface CurrentStates {

	/** Those of the accounts that exist. */
	Mono<Map<String, Current<AccountState>>> accounts(Collection<String> keys);

	/** Those of the teams that exist. */
	Mono<Map<String, Current<TeamState>>> teams(Collection<String> keys);

	/** The keys of all accounts. */
	Flux<String> accountKeys();

	/** The keys of all teams. */
	Flux<String> teamKeys();

	/**
	 * A stored document.
	 *
	 * @param state null while it is nothing to show: an account that waits for its first
	 * decision
	 */
	record Current<S>(long version, @Nullable S state) {
	}

}
