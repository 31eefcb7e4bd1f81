package io.rollcall.notifier.kafka;

import java.util.List;

import io.rollcall.model.alert.AlertRaised;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.notifier.flow.AlertEvents;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.support.kafka.EventPublisher;

import org.springframework.stereotype.Component;

/** Publishes alerts to {@value Topics#ALERTS}. */
@Component
public class KafkaAlertEvents implements AlertEvents {

	static final String SOURCE = "/rollcall/notifier";

	private final EventPublisher publisher;

	KafkaAlertEvents(EventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void publish(List<FiledAlert> alerts) {
		this.publisher.publishAll(Topics.ALERTS, alerts.stream().map(KafkaAlertEvents::event).toList()).join();
	}

	private static Envelope<AlertRaised> event(FiledAlert filed) {
		Alert alert = filed.alert();
		return Envelope.of(alert.key(), SOURCE, filed.filedAt(),
				new AlertRaised(alert.inbox().organization(), alert.inbox().recipient(), alert.id(), alert.severity(),
						alert.text().title(), alert.text().body(), alert.subject(), alert.at()));
	}

}
