package io.rollcall.reconciler.kafka;

import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.loss.LostObservations;
import io.rollcall.support.kafka.AfterLoss;
import io.rollcall.support.kafka.LostRecords;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import reactor.core.publisher.Mono;

/** What follows the loss of observations: everything is read again. */
final class AfterLostObservations implements AfterLoss {

	private final LostObservations losses;

	AfterLostObservations(LostObservations losses) {
		this.losses = losses;
	}

	@Override
	public String topic() {
		return Topics.OBSERVATIONS;
	}

	@Override
	public String meaning() {
		return "What was observed is unknown until it is read again: a FULL run of every known connection is asked "
				+ "for, and people are told. Find out why the reconciler stood still.";
	}

	@Override
	public Mono<Void> recover(LostRecords lost, ConsumerGroupMetadata reader) {
		return this.losses.noticed(lost.noticedAt());
	}

}
