package io.rollcall.reconciler.kafka.projection;

import java.util.List;
import java.util.Map;

import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.projection.Projected;
import io.rollcall.reconciler.flow.projection.Projection;
import io.rollcall.support.kafka.AfterLoss;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.LostRecords;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.kafka.core.KafkaOperations;

/**
 * What follows the loss of changes: all that the lost ones may have been of is projected
 * again. Each page is a transaction that commits the partition's old offset once more:
 * that leaves the loss to be noticed again if this ends in the middle, and fails for
 * whoever has lost the partition.
 */
final class ProjectedAgain implements AfterLoss {

	private final Projection projection;

	private final KafkaOperations<byte[], byte[]> operations;

	ProjectedAgain(Projection projection, KafkaOperations<byte[], byte[]> operations) {
		this.projection = projection;
		this.operations = operations;
	}

	@Override
	public String topic() {
		return Topics.CHANGES;
	}

	@Override
	public String meaning() {
		return "All accounts and teams of this partition are projected again before it is read on.";
	}

	@Override
	public Mono<Void> recover(LostRecords lost, ConsumerGroupMetadata reader) {
		return this.projection.again((key) -> EventPublisher.partitionOf(key) == lost.partition())
			.concatMap((page) -> Mono.fromRunnable(() -> write(page, lost, reader))
				.subscribeOn(Schedulers.boundedElastic()))
			.then();
	}

	private void write(List<Projected> page, LostRecords lost, ConsumerGroupMetadata reader) {
		this.operations.executeInTransaction((transaction) -> {
			page.forEach((state) -> transaction.send(StateProjection.record(state)));
			transaction.sendOffsetsToTransaction(
					Map.of(new TopicPartition(lost.topic(), lost.partition()), new OffsetAndMetadata(lost.from())),
					reader);
			return true;
		});
	}

}
