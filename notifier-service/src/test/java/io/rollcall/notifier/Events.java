package io.rollcall.notifier;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Change.AccountChanged;
import io.rollcall.model.change.Change.AccountChanged.What;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.Tally;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.model.state.State;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Events as the other services publish them. */
public final class Events implements AutoCloseable {

	public static final Problem WRONG_SECRET = new Problem(Problem.Code.CREDENTIAL_REJECTED,
			Map.of("detail", "AADSTS7000215: Invalid client secret provided."), true);

	public static final Problem UNREACHABLE = new Problem(Problem.Code.GRAPH_UNREACHABLE, Map.of(), false);

	private final KafkaProducer<byte[], byte[]> producer;

	Events() {
		this(RealServices.kafkaBrokers());
	}

	Events(String brokers) {
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers, "acks", "all"),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	public static AccountChanged account(String organization, String account, long version, What what, String name,
			FieldChange... fields) {
		return new AccountChanged(new OrganizationId(organization), new AccountId(account), version, what, name,
				State.Status.ACTIVE, List.of(fields), List.of(), List.of(), null,
				cause(organization, Reason.of(Reason.Code.CHANGED_IN_DIRECTORY)), Instant.now());
	}

	public static AccountChanged renamed(String organization, String account, long version, String from, String to) {
		return account(organization, account, version, What.UPDATED, to, new FieldChange("displayName", from, to));
	}

	public static AccountChanged created(String organization, String account) {
		return account(organization, account, 1, What.CREATED, account);
	}

	public static Cause cause(String organization, Reason reason) {
		return new Cause(connection(organization), null, reason, 1, null);
	}

	public static ConnectionId connection(String organization) {
		return new ConnectionId(organization + "-entra");
	}

	public static RunEvent.RunEnded ended(String organization, Tally applied) {
		return new RunEvent.RunEnded(new OrganizationId(organization), connection(organization),
				new RunId(UUID.randomUUID().toString()), RunMode.FULL, RunTrigger.ACTIVATION, null,
				RunEvent.Outcome.COMPLETED, new ReadCounts(1000, 7, 0, 0, 0, 0, 6), applied, 0, false, null,
				Instant.now(), Instant.now());
	}

	public static RunEvent.ConnectionFailing failing(String organization) {
		return new RunEvent.ConnectionFailing(new OrganizationId(organization), connection(organization), WRONG_SECRET,
				Instant.now().plusSeconds(60), Instant.now());
	}

	public static RunEvent.SetHeld held(String organization, String hash) {
		return new RunEvent.SetHeld(new OrganizationId(organization), connection(organization), hash,
				GuardedKind.ACCOUNTS, 40, 100, 20, List.of("Ada", "Bob"), null, Instant.now());
	}

	public static Envelope<?> envelope(Event event) {
		return Envelope.of((event instanceof Change change) ? change.id() : UUID.randomUUID().toString(), "/test",
				Instant.now(), event);
	}

	static Envelope<?> inRun(Change change) {
		return new Envelope<>(change.id(), "/test", Instant.now(), new RunId("run-1"), change);
	}

	void publish(Envelope<?>... envelopes) {
		List<Future<?>> sent = new ArrayList<>();
		for (Envelope<?> envelope : envelopes) {
			String topic = (envelope.event() instanceof Change) ? Topics.CHANGES : Topics.RUNS;
			sent.add(send(topic, envelope.event().key(), EventFormat.headers(envelope),
					EventFormat.value(envelope.event())));
		}
		sent.forEach(Events::await);
	}

	void publish(Event... events) {
		publish(Arrays.stream(events).map(Events::envelope).toArray(Envelope<?>[]::new));
	}

	Future<?> send(String topic, String key, Map<String, byte[]> headers, byte[] value) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8),
				value);
		headers.forEach((name, header) -> record.headers().add(name, header));
		return this.producer.send(record);
	}

	private static void await(Future<?> sent) {
		try {
			sent.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
