package io.rollcall.notifier.kafka;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.rollcall.model.change.Change;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.notifier.flow.TellPeople;
import io.rollcall.notifier.flow.TellPeople.NoWordsException;
import io.rollcall.support.kafka.BadRecordException;
import io.rollcall.support.kafka.LostRecords;
import io.rollcall.support.kafka.OnLoss;
import io.rollcall.support.kafka.Received;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/**
 * The functions that Spring Cloud Stream binds to the topics. Headers come first: what
 * will be told by a run's digest, and what nobody is told of, is passed over without
 * being parsed.
 */
@Configuration(proxyBeanMethods = false)
public class EventFunctions {

	private static final Set<String> UNTOLD = Set.of(EventTypes.nameOf(RunEvent.RunStarted.class),
			EventTypes.nameOf(RunEvent.RunProgressed.class), EventTypes.nameOf(RunEvent.ConnectionSaved.class));

	private final TellPeople tellPeople;

	EventFunctions(TellPeople tellPeople) {
		this.tellPeople = tellPeople;
	}

	/** From the change log. */
	@Bean
	public Consumer<Message<List<byte[]>>> changes() {
		return (message) -> tell(Received.all(message), (record) -> record.run() == null, Change.class,
				this.tellPeople::tellChanges);
	}

	/** From the life of runs and connections. */
	@Bean
	public Consumer<Message<List<byte[]>>> runs() {
		return (message) -> tell(Received.all(message),
				(record) -> record.type() == null || !UNTOLD.contains(record.type()), RunEvent.class,
				this.tellPeople::tellRuns);
	}

	@Bean
	OnLoss lostChanges() {
		return new OnLoss(Topics.CHANGES, (lost) -> this.tellPeople.tellLost("ChangesLost", id(lost)));
	}

	@Bean
	OnLoss lostRuns() {
		return new OnLoss(Topics.RUNS, (lost) -> this.tellPeople.tellLost("RunsLost", id(lost)));
	}

	private static String id(LostRecords lost) {
		return "lost:%s:%d:%d".formatted(lost.topic(), lost.partition(), lost.to());
	}

	/** Returns when the batch may be committed. */
	private static <E extends Event> void tell(List<Received> batch, Predicate<Received> wanted, Class<E> family,
			Consumer<List<TellPeople.Received<E>>> telling) {
		Received.deal(batch, wanted, family, (events) -> {
			try {
				telling.accept(events.stream()
					.map((it) -> new TellPeople.Received<>(it.envelope().id(), it.event(), it.record().offset()))
					.toList());
			}
			catch (NoWordsException ex) {
				throw new BadRecordException(events.get(ex.index()).index(),
						Problem.forPerson(Problem.Code.RECORD_UNREADABLE, "detail", String.valueOf(ex.getMessage())));
			}
		});
	}

}
