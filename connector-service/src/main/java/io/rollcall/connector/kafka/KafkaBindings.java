package io.rollcall.connector.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.rollcall.connector.flow.ConnectionLifecycle;
import io.rollcall.connector.flow.HintHandler;
import io.rollcall.connector.flow.Ownership;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.support.kafka.AfterLoss;
import io.rollcall.support.kafka.BadRecordException;
import io.rollcall.support.kafka.Received;
import io.rollcall.support.kafka.ReceivedBatch;
import reactor.core.publisher.Flux;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** What happens with the records that come; offsets are committed when it is done. */
@Configuration(proxyBeanMethods = false)
public class KafkaBindings {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	@Bean
	HintPartitions hintPartitions(Ownership ownership) {
		return new HintPartitions(ownership);
	}

	@Bean
	Consumer<Message<List<byte[]>>> hints(HintHandler handler) {
		return (batch) -> {
			Batch<Hint> hints = Batch.of(batch, Hint.class);
			handler.handle(hints.good()).block(LONGEST);
			hints.throwIfBad();
		};
	}

	@Bean
	Consumer<Message<List<byte[]>>> rules(ConnectionLifecycle lifecycle) {
		return (batch) -> {
			Batch<RulesPublished> rules = Batch.of(batch, RulesPublished.class);
			Flux.fromIterable(rules.good()).concatMap(lifecycle::select).then().block(LONGEST);
			rules.throwIfBad();
		};
	}

	@Bean
	AfterLoss lostHints() {
		return AfterLoss.saying(Topics.HINTS, "The next delta run finds what they hinted at; what people asked for in "
				+ "them has to be asked for again.");
	}

	@Bean
	AfterLoss lostRules() {
		return AfterLoss.saying(Topics.RULES,
				"Rules that were published in them are not known here: publish them again, "
						+ "or attributes that they need are not read.");
	}

	/** The records of a batch up to the first that is not what it should be. */
	private record Batch<T>(List<T> good, int bad, String reason) {

		static <T> Batch<T> of(Message<List<byte[]>> message, Class<T> type) {
			List<Received> records = ReceivedBatch.of(message);
			List<T> good = new ArrayList<>();
			for (int i = 0; i < records.size(); i++) {
				String reason = switch (records.get(i).reading()) {
					case Reading.Known(var envelope) when type.isInstance(envelope.event()) -> {
						good.add(type.cast(envelope.event()));
						yield null;
					}
					case Reading.Known(var envelope) ->
						"a " + envelope.event().getClass().getSimpleName() + " does not belong on this topic";
					case Reading.Unknown(String name) -> "event type " + name + " is not known to this version";
					case Reading.Unreadable(String why) -> why;
				};
				if (reason != null) {
					return new Batch<>(good, i, reason);
				}
			}
			return new Batch<>(good, -1, "");
		}

		void throwIfBad() {
			if (this.bad >= 0) {
				throw new BadRecordException(this.bad, this.reason);
			}
		}

	}

}
