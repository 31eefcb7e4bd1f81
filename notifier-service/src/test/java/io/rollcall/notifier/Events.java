package io.rollcall.notifier;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Events as the other services publish them. */
final class Events implements AutoCloseable {

	static final Problem WRONG_SECRET = new Problem(Problem.Code.CREDENTIAL_REJECTED, "The client secret is wrong.",
			"Enter a valid client secret.", true);

	private final KafkaProducer<byte[], byte[]> producer;

	Events() {
		this(RealServices.kafkaBrokers());
	}

	Events(String brokers) {
		this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers, "acks", "all"),
				new ByteArraySerializer(), new ByteArraySerializer());
	}

	static Change.AccountUpdated renamed(String organization, String account, long version, String from, String to) {
		return new Change.AccountUpdated(new OrganizationId(organization), new AccountId(account), to,
				List.of(new FieldChange("displayName", from, to)), version, 0, cause(organization), Instant.now());
	}

	static Change.AccountCreated created(String organization, String account) {
		return new Change.AccountCreated(new OrganizationId(organization), new AccountId(account), account, List.of(),
				1, 0, cause(organization), Instant.now());
	}

	static RunEvent.RunCompleted completed(String organization, RunTrigger trigger, ApplyCounts counts) {
		return new RunEvent.RunCompleted(new OrganizationId(organization), connection(organization),
				new RunId(UUID.randomUUID().toString()), RunMode.FULL, trigger, new ReadCounts(1000, 7, 0, 0, 0, 0, 6),
				counts, Instant.now());
	}

	static RunEvent.ConnectionPaused paused(String organization) {
		return new RunEvent.ConnectionPaused(new OrganizationId(organization), connection(organization), WRONG_SECRET,
				Instant.now());
	}

	static RunEvent.SetHeld held(String organization) {
		return new RunEvent.SetHeld(new OrganizationId(organization), connection(organization),
				new RunId(UUID.randomUUID().toString()), RunEvent.GuardedKind.ACCOUNTS, 40, 100, "at most 10 %", "hash",
				Instant.now());
	}

	static Envelope<?> envelope(io.rollcall.model.event.Event event) {
		return Envelope.of((event instanceof Change change) ? change.id() : UUID.randomUUID().toString(), "/test",
				Instant.now(), event);
	}

	static Envelope<?> bulk(Change change) {
		return new Envelope<>(change.id(), "/test", Instant.now(), true, null, change);
	}

	void publish(Envelope<?>... envelopes) {
		for (Envelope<?> envelope : envelopes) {
			String topic = (envelope.event() instanceof Change) ? Topics.CHANGES : Topics.RUNS;
			send(topic, envelope.event().key(), EventFormat.headers(envelope), EventFormat.value(envelope.event()));
		}
	}

	void publish(io.rollcall.model.event.Event... events) {
		for (io.rollcall.model.event.Event event : events) {
			publish(envelope(event));
		}
	}

	void send(String topic, String key, Map<String, byte[]> headers, byte[] value) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8),
				value);
		headers.forEach((name, header) -> record.headers().add(name, header));
		try {
			this.producer.send(record).get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Cause cause(String organization) {
		return new Cause(connection(organization), null, "changed in the directory", 1, null);
	}

	private static ConnectionId connection(String organization) {
		return new ConnectionId(organization + "-entra");
	}

	@Override
	public void close() {
		this.producer.close();
	}

}
