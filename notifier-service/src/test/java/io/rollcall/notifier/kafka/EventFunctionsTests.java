package io.rollcall.notifier.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.notifier.Events;
import io.rollcall.notifier.TestDatabase;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.TellPeople;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.mongo.MongoLastingStates;
import io.rollcall.notifier.mongo.MongoMails;
import io.rollcall.notifier.mongo.MongoRecipients;
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import io.rollcall.support.kafka.BadRecordException;
import io.rollcall.support.kafka.LostRecords;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Batches as Spring Cloud Stream hands them over. */
class EventFunctionsTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final InboxId OLGA = new InboxId(ACME, "olga");

	private TestDatabase test;

	private Inboxes inboxes;

	private EventFunctions functions;

	@BeforeEach
	void start() {
		InstantSource clock = InstantSource.system();
		this.test = new TestDatabase("notifier-functions");
		MongoMails mails = new MongoMails(this.test.database(), Duration.ofMinutes(1), clock);
		this.inboxes = new MongoInboxes(this.test.database(), mails, Duration.ofDays(90), clock);
		MongoRecipients recipients = new MongoRecipients(this.test.database(), List.of(new Recipient(OLGA, "Olga",
				"olga@acme.test", Role.OWNER, Language.EN, Set.of(Channel.values()), null)));
		this.functions = new EventFunctions(new TellPeople(recipients, this.inboxes, mails, (alerts) -> {
		}, new MongoLastingStates(this.test.database(), Duration.ofDays(28), clock), clock));
	}

	@AfterEach
	void stop() {
		this.test.close();
	}

	@Test
	void looksAtHeadersBeforeItParses() {
		Envelope<?> started = Events.envelope(new RunEvent.RunStarted(ACME, Events.connection("acme"), new RunId("r"),
				RunMode.FULL, RunTrigger.SCHEDULE, null, Instant.now()));
		this.functions.changes().accept(batch(Topics.CHANGES, record(inRun(Events.created("acme", "a")), "{broken")));
		this.functions.runs().accept(batch(Topics.RUNS, record(started, "{broken")));
		assertThat(this.inboxes.last(OLGA)).isZero();
	}

	@Test
	void setsAsideTheRightRecordAlsoBehindOnesThatWerePassedOver() {
		Message<List<byte[]>> batch = batch(Topics.CHANGES, record(inRun(Events.created("acme", "a")), "{broken"),
				record(Events.envelope(Events.created("acme", "b"))),
				record(inRun(Events.created("acme", "c")), "{broken"),
				record(Events.envelope(Events.created("acme", "d")), "{broken"),
				record(Events.envelope(Events.created("acme", "e"))));
		assertThatThrownBy(() -> this.functions.changes().accept(batch))
			.isInstanceOfSatisfying(BadRecordException.class, (bad) -> assertThat(bad.getIndex()).isEqualTo(3));
		assertThat(this.inboxes.after(OLGA, 0, 10)).extracting((filed) -> filed.alert().event()).containsExactly("b:1");
	}

	@Test
	void refusesAnEventThatBelongsElsewhere() {
		Message<List<byte[]>> batch = batch(Topics.CHANGES, record(Events.envelope(Events.failing("acme"))));
		assertThatThrownBy(() -> this.functions.changes().accept(batch)).hasMessageContaining("RECORD_MISPLACED");
	}

	@Test
	void tellsOfALossOnceHoweverOftenItIsNoticed() {
		LostRecords lost = new LostRecords("g", Topics.CHANGES, 3, 5, 9, Instant.now());
		this.functions.lostChanges().makeUp().accept(lost);
		this.functions.lostChanges().makeUp().accept(lost);
		this.functions.lostRuns().makeUp().accept(new LostRecords("g", Topics.RUNS, 3, 5, 9, Instant.now()));
		assertThat(this.inboxes.after(OLGA, 0, 10)).extracting((filed) -> filed.alert().text().title())
			.containsExactly("Changes were not told", "Runs and failures were not told");
	}

	private static Envelope<?> inRun(Change change) {
		return new Envelope<>(change.id(), "/test", Instant.now(), new RunId("r"), change);
	}

	private static Map.Entry<Headers, byte[]> record(Envelope<?> envelope) {
		return record(envelope, new String(EventFormat.value((Event) envelope.event()), StandardCharsets.UTF_8));
	}

	private static Map.Entry<Headers, byte[]> record(Envelope<?> envelope, String value) {
		RecordHeaders headers = new RecordHeaders();
		EventFormat.headers(envelope).forEach(headers::add);
		return Map.entry(headers, value.getBytes(StandardCharsets.UTF_8));
	}

	@SafeVarargs
	private static Message<List<byte[]>> batch(String topic, Map.Entry<Headers, byte[]>... records) {
		List<ConsumerRecord<byte[], byte[]>> raw = new ArrayList<>();
		for (Map.Entry<Headers, byte[]> record : records) {
			ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>(topic, 0, raw.size(), "key".getBytes(),
					record.getValue());
			record.getKey().forEach(received.headers()::add);
			raw.add(received);
		}
		return MessageBuilder.withPayload(raw.stream().map(ConsumerRecord::value).toList())
			.setHeader(KafkaHeaders.RAW_DATA, raw)
			.build();
	}

}
