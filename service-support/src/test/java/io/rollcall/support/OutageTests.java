package io.rollcall.support;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.rollcall.test.PrivateKafka;
import io.rollcall.test.PrivateMongo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a service does while its broker or its database is away. */
class OutageTests {

	private static PrivateKafka kafka;

	private static PrivateMongo mongo;

	private Probe probe = Probe.start(kafka.bootstrapServers(), mongo.uri());

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		mongo = PrivateMongo.start();
	}

	@AfterAll
	static void stopAll() {
		kafka.close();
		mongo.close();
	}

	@AfterEach
	void stop() {
		this.probe.close();
	}

	@Test
	void saysThatKafkaIsAwayAndRecoversByItself() {
		this.probe.publish(Probe.good("kafka", 1));
		this.probe.becomesReady();
		kafka.stop();
		await().untilAsserted(() -> Probe.readiness(this.probe.port).isEqualTo(503));
		kafka.startAgain();
		this.probe.becomesReady();
		this.probe.publish(Probe.good("kafka", 2));
		await().until(() -> this.probe.applied("kafka").contains("kafka:2"));
	}

	@Test
	void saysThatMongoIsAwayAndRecoversByItself() {
		this.probe.becomesReady();
		mongo.stop();
		await().untilAsserted(() -> Probe.readiness(this.probe.port).isEqualTo(503));
		mongo.startAgain();
		this.probe.becomesReady();
	}

	@Test
	void startsWhileBothAreAwayAndBeginsWhenTheyCome() {
		this.probe.close();
		kafka.stop();
		mongo.stop();
		int port = Probe.freePort();
		CompletableFuture<Probe> start = CompletableFuture.supplyAsync(() -> Probe.start((application) -> {
		}, port, kafka.bootstrapServers(), mongo.uri()));
		await().ignoreExceptions().untilAsserted(() -> Probe.readiness(port).isEqualTo(503));
		kafka.startAgain();
		mongo.startAgain();
		this.probe = start.join();
		this.probe.becomesReady();
		this.probe.publish(Probe.good("start", 1));
		await().until(() -> this.probe.applied("start").equals(List.of("start:1")));
		assertThat(this.probe.isRunning()).isTrue();
	}

}
