package io.rollcall.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.run.Problem;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.BadRecordException;
import io.rollcall.support.kafka.Received;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;

/** The smallest service: applies run events to a list, and fails on demand. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ServiceSupport
class ProbeApplication {

	final List<Received> applied = new CopyOnWriteArrayList<>();

	final AtomicInteger failuresToCome = new AtomicInteger();

	/** The letters that nobody but the service itself can redrive. */
	final List<DeadLetter> redriven = new CopyOnWriteArrayList<>();

	/** How much later it is than the clock says. */
	volatile Duration later = Duration.ZERO;

	@Bean
	InstantSource clock() {
		return () -> Instant.now().plus(this.later);
	}

	@Bean
	Consumer<Message<List<byte[]>>> runs() {
		return (batch) -> {
			List<Received> records = Received.all(batch);
			if (this.failuresToCome.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				throw new IllegalStateException("the database is away");
			}
			for (int i = 0; i < records.size(); i++) {
				switch (records.get(i).read(Event.class)) {
					case Reading.Known<Event> _ -> this.applied.add(records.get(i));
					case Reading.Bad<Event>(Problem problem) -> throw new BadRecordException(i, problem);
				}
			}
		};
	}

	@Bean
	DeadLetters.Redrive cells() {
		return (letter) -> letter.index() != null && this.redriven.add(letter);
	}

}
