package io.rollcall.support.kafka;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One loss, until its service has made up for it. Only then is a commit moved behind what
 * is lost: until then whoever is assigned the partition next notices the loss again. What
 * takes long goes on beside the consumer, which must not stop polling.
 */
final class Recovery {

	private static final Logger log = LoggerFactory.getLogger(Recovery.class);

	private final LostRecords lost;

	private final AfterLoss afterLoss;

	private final FailingPartitions failing;

	private final InstantSource clock;

	private @Nullable CompletableFuture<Void> attempt;

	private Instant notBefore = Instant.MIN;

	Recovery(LostRecords lost, AfterLoss afterLoss, FailingPartitions failing, InstantSource clock) {
		this.lost = lost;
		this.afterLoss = afterLoss;
		this.failing = failing;
		this.clock = clock;
	}

	/** Goes on where it is; whether that was the last of it. */
	boolean ends(Consumer<?, ?> consumer) {
		if (this.clock.instant().isBefore(this.notBefore)) {
			return false;
		}
		if (this.attempt == null) {
			ConsumerGroupMetadata reader = consumer.groupMetadata();
			this.attempt = Mono.defer(() -> this.afterLoss.recover(this.lost, reader))
				.subscribeOn(Schedulers.boundedElastic())
				.toFuture();
		}
		return this.attempt.isDone() && succeeds(this.attempt, consumer);
	}

	private boolean succeeds(CompletableFuture<Void> done, Consumer<?, ?> consumer) {
		TopicPartition partition = new TopicPartition(this.lost.topic(), this.lost.partition());
		if (done.isCompletedExceptionally()) {
			this.attempt = null;
			failed(done.exceptionNow(), partition, consumer);
			return false;
		}
		try {
			consumer.commitSync(Map.of(partition, new OffsetAndMetadata(this.lost.to())));
		}
		catch (WakeupException ex) {
			throw ex;
		}
		catch (KafkaException ex) {
			failed(ex, partition, consumer);
			return false;
		}
		this.failing.passed(this.lost.group(), partition);
		log.info("Group {} goes on behind the lost records of {}", this.lost.group(), this.lost);
		return true;
	}

	private void failed(Throwable failure, TopicPartition partition, Consumer<?, ?> consumer) {
		int attempts = this.failing.failed(this.lost.group(), partition, this.lost.to(), consumer,
				FailureLog.root(failure).toString());
		FailureLog.failed(log, attempts, "Making up for the lost records of " + this.lost, failure);
		this.notBefore = this.clock.instant().plusMillis(Pauses.millisAfter(attempts));
	}

}
