package io.rollcall.connector.flow.connection;

import java.time.Duration;

import io.rollcall.connector.flow.Connection;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The owner of a connection, in moments that no scenario can bring about. */
@Timeout(60)
class ConnectionLoopTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final LoopScene scene = new LoopScene();

	private final Connection active = LoopScene.connection(ConnectionStatus.ACTIVE, 0);

	private final ConnectionLoop loop = this.scene.loop(this.active);

	@AfterEach
	void stop() {
		this.loop.stop();
	}

	/** Otherwise the coordinator would decide for a connection that is paused. */
	@Test
	void doesNotTellThatAConnectionIsActiveThatWasPausedBeforeItsLoopBegan() {
		this.scene.stored = LoopScene.connection(ConnectionStatus.PAUSED, 10);
		this.loop.run();
		assertThat(this.scene.statuses()).doesNotContain(ConnectionStatus.ACTIVE);
		assertThat(this.scene.pages).isEmpty();
	}

	@Test
	void tellsSinceWhenAConnectionIsAsItIsAndAtLastThatItIsPaused() throws InterruptedException {
		Thread thread = Thread.ofVirtual().start(this.loop);
		await().atMost(LONG).until(() -> !this.scene.pages.isEmpty());
		Connection paused = LoopScene.connection(ConnectionStatus.PAUSED, 10);
		this.scene.stored = paused;
		this.loop.touch();
		assertThat(thread.join(LONG)).isTrue();
		assertThat(this.scene.statuses()).containsExactly(ConnectionStatus.ACTIVE, ConnectionStatus.PAUSED);
		assertThat(this.scene.told).filteredOn(Progress.ConnectionChanged.class::isInstance)
			.extracting((event) -> ((Progress.ConnectionChanged) event).at())
			.containsExactly(this.active.updatedAt(), paused.updatedAt());
	}

}
