package io.rollcall.connector.flow.read;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.ConnectionId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How many FULL runs an instance has. */
class FullRunsTests {

	private static final ConnectionId A = new ConnectionId("a");

	private static final ConnectionId B = new ConnectionId("b");

	private static final ConnectionId C = new ConnectionId("c");

	private static final ConnectionId D = new ConnectionId("d");

	private final FullRuns runs = new FullRuns(2, 100);

	private final List<String> woken = new ArrayList<>();

	/** F14: two broken tenants must not stop everybody's first sync. */
	@Test
	void givesThePlaceOfOneThatWaitsToTheNextWhoKeepsItUntilItEnds() {
		assertThat(enter(A, 0)).isTrue();
		assertThat(enter(B, 0)).isTrue();
		assertThat(enter(C, 0)).isFalse();
		assertThat(enter(D, 0)).isFalse();
		this.runs.leave(A);
		assertThat(this.woken).containsExactly("c");
		assertThat(enter(D, 0)).isFalse();
		assertThat(enter(C, 0)).isTrue();
		assertThat(enter(A, 0)).isFalse();
		this.runs.end(B);
		assertThat(enter(D, 0)).isTrue();
		this.runs.end(C);
		assertThat(enter(A, 0)).isTrue();
	}

	/** F14: only who asks gets a place, and one whose tenant is broken does not ask. */
	@Test
	void letsNobodyWaitForOneThatLeavesTheQueue() {
		enter(A, 0);
		enter(B, 0);
		assertThat(enter(C, 0)).isFalse();
		assertThat(enter(D, 0)).isFalse();
		this.runs.leave(C);
		assertThat(this.woken).containsExactly("d");
		this.runs.end(A);
		assertThat(enter(D, 0)).isTrue();
		assertThat(enter(C, 0)).isFalse();
		this.runs.end(B);
		assertThat(enter(C, 0)).isTrue();
	}

	@Test
	void waitsUntilWhatOthersHoldLeavesRoom() {
		assertThat(enter(A, 0)).isTrue();
		assertThat(this.runs.holds(A, 90)).isTrue();
		assertThat(enter(B, 20)).isFalse();
		this.runs.leave(A);
		assertThat(enter(B, 20)).isFalse();
		this.runs.end(A);
		assertThat(enter(B, 20)).isTrue();
		assertThat(this.runs.holds(B, 1_000)).as("alone").isTrue();
	}

	@Test
	void tellsTheOneThatGrowsBeyondTheRoomBesideAnother() {
		enter(A, 0);
		enter(B, 0);
		assertThat(this.runs.holds(A, 60)).isTrue();
		assertThat(this.runs.holds(B, 60)).isFalse();
	}

	@Test
	void letsNobodyWaitForOneThatWaitsNoLonger() {
		enter(A, 0);
		enter(B, 0);
		enter(C, 0);
		enter(D, 0);
		this.runs.end(C);
		this.runs.end(A);
		assertThat(enter(D, 0)).isTrue();
	}

	private boolean enter(ConnectionId connection, int edges) {
		return this.runs.enter(connection, edges, () -> this.woken.add(connection.value()));
	}

}
