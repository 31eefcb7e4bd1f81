package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class WakeTests {

	private static final InstantSource CLOCK = InstantSource.system();

	private final Wake wake = new Wake();

	@Test
	void aSignalThatCameBeforeIsKeptForWhoWaits() {
		this.wake.up();
		assertThat(this.wake.await(inAnHour(), CLOCK)).isFalse();
		assertThat(this.wake.taken()).isTrue();
		assertThat(this.wake.taken()).isFalse();
	}

	/** Otherwise a failure is tried again thousands of times in a second. */
	@Test
	void theSignalThatLedToAFailureDoesNotEndThePauseAfterIt() {
		this.wake.up();
		Instant until = CLOCK.instant().plus(Duration.ofMillis(100));
		this.wake.pause(until, CLOCK, () -> false);
		assertThat(CLOCK.instant()).isAfterOrEqualTo(until);
	}

	@Test
	void aSignalThatComesInThePauseEndsIt() throws InterruptedException {
		Thread pausing = Thread.ofVirtual().start(() -> this.wake.pause(inAnHour(), CLOCK, () -> {
			this.wake.up();
			return false;
		}));
		assertThat(pausing.join(Duration.ofSeconds(20))).isTrue();
	}

	@Test
	void whoEndsWhileItFailsDoesNotPause() {
		this.wake.up();
		this.wake.pause(inAnHour(), CLOCK, () -> true);
		assertThat(this.wake.taken()).isFalse();
	}

	private static Instant inAnHour() {
		return CLOCK.instant().plus(Duration.ofHours(1));
	}

}
