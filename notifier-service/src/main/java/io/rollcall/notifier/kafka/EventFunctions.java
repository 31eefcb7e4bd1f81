package io.rollcall.notifier.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.event.Topics;
import io.rollcall.notifier.flow.Telling;
import io.rollcall.support.kafka.AfterLoss;
import io.rollcall.support.kafka.BadRecordException;
import io.rollcall.support.kafka.Received;
import io.rollcall.support.kafka.ReceivedBatch;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** The functions that Spring Cloud Stream binds to the topics. */
@Configuration(proxyBeanMethods = false)
public class EventFunctions {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private final Telling telling;

	EventFunctions(Telling telling) {
		this.telling = telling;
	}

	/** From the change log. */
	@Bean
	public Consumer<Message<List<byte[]>>> changes() {
		return this::tell;
	}

	/** From the life of runs and connections. */
	@Bean
	public Consumer<Message<List<byte[]>>> runs() {
		return this::tell;
	}

	@Bean
	AfterLoss lostChanges() {
		return AfterLoss.saying(Topics.CHANGES, "Single alerts of these changes were not sent and are not made up for; "
				+ "the accounts and teams themselves are as they should be.");
	}

	@Bean
	AfterLoss lostRuns() {
		return AfterLoss.saying(Topics.RUNS, "Alerts and e-mails of these runs, failures among them, were not sent and "
				+ "are not made up for: look at the list of runs.");
	}

	/** Returns when the batch may be committed. */
	private void tell(Message<List<byte[]>> message) {
		List<Envelope<?>> readable = new ArrayList<>();
		String unreadable = null;
		for (Received received : ReceivedBatch.of(message)) {
			switch (received.reading()) {
				case Reading.Known known -> readable.add(known.envelope());
				case Reading.Unknown unknown ->
					unreadable = "event type " + unknown.type() + " is unknown to this version: update the notifier";
				case Reading.Unreadable bad -> unreadable = bad.reason();
			}
			if (unreadable != null) {
				break;
			}
		}
		Telling.Outcome outcome = Objects.requireNonNull(this.telling.tell(readable).block(LONGEST));
		if (outcome instanceof Telling.Outcome.Stuck stuck) {
			throw new BadRecordException(stuck.index(), stuck.reason());
		}
		if (unreadable != null) {
			throw new BadRecordException(readable.size(), unreadable);
		}
	}

}
