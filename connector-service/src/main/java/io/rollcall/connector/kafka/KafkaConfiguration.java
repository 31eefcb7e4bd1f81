package io.rollcall.connector.kafka;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.Ownership;
import io.rollcall.connector.flow.hint.HintHandler;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.support.kafka.OnLoss;
import io.rollcall.support.kafka.Received;
import org.apache.kafka.common.TopicPartition;

import org.springframework.cloud.stream.binder.kafka.KafkaBindingRebalanceListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.Message;

/**
 * Joins the parts that publish, and says what happens with the records that come: their
 * offsets are committed when it is done.
 */
@Configuration(proxyBeanMethods = false)
@Import(KafkaPublications.class)
public class KafkaConfiguration {

	@Bean
	Consumer<Message<List<byte[]>>> hints(HintHandler handler) {
		return (batch) -> Received.deal(Received.all(batch), (_) -> true, Hint.class,
				(hints) -> handler.handle(hints.stream().map(Received.Good::event).toList()));
	}

	@Bean
	Consumer<Message<List<byte[]>>> rules(ConnectionLifecycle lifecycle) {
		return (batch) -> Received.deal(Received.all(batch), (_) -> true, RulesPublished.class,
				(rules) -> rules.forEach((each) -> lifecycle.needs(each.event())));
	}

	/** Which hint partitions, and so which connections, are ours. */
	@Bean
	KafkaBindingRebalanceListener hintPartitions(Ownership ownership) {
		return new KafkaBindingRebalanceListener() {

			@Override
			public void onPartitionsAssigned(String binding, org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
					Collection<TopicPartition> partitions, boolean initial) {
				ownership.assigned(hints(partitions));
			}

			@Override
			public void onPartitionsRevokedAfterCommit(String binding,
					org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
				ownership.revoked(hints(partitions));
			}

		};
	}

	private static List<Integer> hints(Collection<TopicPartition> partitions) {
		return partitions.stream()
			.filter((partition) -> partition.topic().equals(Topics.HINTS))
			.map(TopicPartition::partition)
			.toList();
	}

	@Bean
	OnLoss lostHints(HintHandler handler) {
		return new OnLoss(Topics.HINTS, (_) -> handler.lost());
	}

}
