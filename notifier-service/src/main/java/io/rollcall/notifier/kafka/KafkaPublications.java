package io.rollcall.notifier.kafka;

import java.util.List;

import io.rollcall.model.alert.AlertRaised;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.flow.Publications;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.support.kafka.EventPublisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;

/** Publishes alerts to {@value Topics#ALERTS}. */
@Component
public class KafkaPublications implements Publications {

	private static final String SOURCE = "/rollcall/notifier";

	private final EventPublisher publisher;

	KafkaPublications(EventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public Mono<Void> publish(List<FiledAlert> alerts) {
		List<Envelope<AlertRaised>> events = alerts.stream().map(KafkaPublications::event).toList();
		return Mono.defer(() -> Mono.fromFuture(this.publisher.publishAll(Topics.ALERTS, events)))
			.subscribeOn(Schedulers.boundedElastic())
			.then();
	}

	private static Envelope<AlertRaised> event(FiledAlert filed) {
		Alert alert = filed.alert();
		return Envelope.of(alert.key(), SOURCE, filed.filedAt(),
				new AlertRaised(alert.inbox().organization(), alert.inbox().recipient(), alert.id(), alert.severity(),
						alert.title(), alert.body(), alert.subject(), alert.at()));
	}

}
