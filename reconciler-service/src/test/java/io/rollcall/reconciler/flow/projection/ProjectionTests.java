package io.rollcall.reconciler.flow.projection;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State;
import io.rollcall.model.state.State.AccountState;
import io.rollcall.model.state.State.TeamState;
import io.rollcall.reconciler.flow.CrashPoints;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A state that is projected is at least as new as the change that called for it. */
class ProjectionTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final AccountId ADA = new AccountId("ada");

	@Test
	void refusesAnAccountThatIsReadBackOlderThanItsChange() {
		assertThatThrownBy(() -> projected(2, change(1), change(3)))
			.hasMessage("acme:ada is stored at version 2, and a change of version 3 is published");
	}

	@Test
	void projectsAnAccountThatIsAtLeastAsNewOnceWhateverChanged() {
		assertThat(projected(3, change(1), change(3), change(2))).singleElement()
			.satisfies((state) -> assertThat(((AccountState) state.state().event()).version()).isEqualTo(3));
		assertThat(projected(4, change(3))).singleElement()
			.satisfies((state) -> assertThat(((AccountState) state.state().event()).version()).isEqualTo(4));
	}

	@Test
	void makesATombstoneOfAnAccountThatIsGone() {
		assertThat(projected(0, change(3))).containsExactly(new Projected(Topics.ACCOUNTS, "acme:ada", null));
	}

	/** Zero is no account at all. */
	private static List<Projected> projected(long stored, Change... changes) {
		return new Projection(new CurrentStates() {

			@Override
			public Mono<Map<String, Current<AccountState>>> accounts(Collection<String> keys) {
				AccountState ada = new AccountState(ACME, ADA, stored, State.Status.ACTIVE, Map.of(), List.of(), null,
						null, Instant.EPOCH);
				return Mono.just((stored > 0) ? Map.of(ada.key(), new Current<>(stored, ada)) : Map.of());
			}

			@Override
			public Mono<Map<String, Current<TeamState>>> teams(Collection<String> keys) {
				return Mono.just(Map.of());
			}

			@Override
			public Flux<String> accountKeys() {
				return Flux.empty();
			}

			@Override
			public Flux<String> teamKeys() {
				return Flux.empty();
			}

		}, CrashPoints.NONE).of(List.of(changes)).block();
	}

	private static Change change(long version) {
		return new Change.AccountReactivated(ACME, ADA, "Ada", version, 0,
				new Cause(new ConnectionId("c1"), null, "she is back", 1, null), Instant.EPOCH);
	}

}
