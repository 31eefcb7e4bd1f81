package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.run.Problem;
import io.rollcall.support.DeadLetter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

/**
 * A record as it was received: where it stood, its headers, and on demand what it is.
 *
 * @param value null is a tombstone
 */
public record Received(String topic, int partition, long offset, @Nullable String key, Headers headers,
		byte @Nullable [] value) {

	/** One record of a listener. */
	public static Received of(ConsumerRecord<byte[], byte[]> record) {
		byte @Nullable [] key = record.key();
		return new Received(record.topic(), record.partition(), record.offset(),
				(key != null) ? new String(key, StandardCharsets.UTF_8) : null, record.headers(), record.value());
	}

	/** The records of a batch listener, in the given order. */
	public static List<Received> all(List<ConsumerRecord<byte[], byte[]>> batch) {
		return batch.stream().map(Received::of).toList();
	}

	/** The records of a batch of the binder, in the order of the batch. */
	@SuppressWarnings("unchecked")
	public static List<Received> all(Message<?> batch) {
		return all(Objects.requireNonNull(batch.getHeaders().get(KafkaHeaders.RAW_DATA, List.class),
				"the batch has no records: is the binding's batch-mode on, and its converter-bean-name rawRecords?"));
	}

	/**
	 * Has the events of a batch dealt with: those before the first record that is not of
	 * the family, which is then thrown.
	 * @param wanted says by headers what is looked at; the rest is passed over
	 */
	public static <E extends Event> void deal(List<Received> batch, Predicate<Received> wanted, Class<E> family,
			Consumer<List<Good<E>>> dealing) {
		List<Good<E>> good = new ArrayList<>(batch.size());
		BadRecordException bad = null;
		for (int i = 0; i < batch.size() && bad == null; i++) {
			Received record = batch.get(i);
			if (wanted.test(record)) {
				switch (record.read(family)) {
					case Reading.Known<E>(Envelope<E> envelope) -> good.add(new Good<>(i, record, envelope));
					case Reading.Bad<E>(Problem problem) -> bad = new BadRecordException(i, problem);
				}
			}
		}
		if (!good.isEmpty()) {
			dealing.accept(good);
		}
		if (bad != null) {
			throw bad;
		}
	}

	/** A header's text; null where there is none. */
	public @Nullable String header(String name) {
		Header header = this.headers.lastHeader(name);
		return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
	}

	/** {@code ce_type}, without a look at the value. */
	public @Nullable String type() {
		return header("ce_type");
	}

	/** {@code ce_run}, without a look at the value. */
	public @Nullable String run() {
		return header("ce_run");
	}

	/**
	 * The event that it is, where it is of a family, or what keeps it from being one;
	 * parses it, each time it is asked.
	 */
	public <E extends Event> Reading<E> read(Class<E> family) {
		return EventFormat.read(family, (name) -> {
			Header header = this.headers.lastHeader(name);
			return (header != null) ? header.value() : null;
		}, this.value);
	}

	/**
	 * The letter that is kept when a group cannot process it.
	 * @param problem what is wrong, for the person who will redrive or discard it
	 */
	public DeadLetter letter(String group, Problem problem, Instant at) {
		return letter(group, null, this.value, problem, at);
	}

	/**
	 * The letter that is kept when a group cannot process one of its cells.
	 * @param index of the cell; null for the whole record
	 * @param content the cell alone, as JSON
	 */
	public DeadLetter letter(String group, @Nullable Integer index, byte @Nullable [] content, Problem problem,
			Instant at) {
		Map<String, String> texts = new LinkedHashMap<>();
		for (Header header : this.headers) {
			texts.put(header.key(), (header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : "");
		}
		Whose whose = whose(this.value);
		return new DeadLetter(this.topic, this.partition, this.offset, group, index, this.key, texts, content, problem,
				whose.organization(), whose.connection(), at);
	}

	private static Whose whose(byte @Nullable [] value) {
		try {
			return EventFormat.json().readValue((value != null) ? value : new byte[0], Whose.class);
		}
		catch (JacksonException ex) {
			return new Whose(null, null);
		}
	}

	/** A record of a batch, at an index of it, and what it is. */
	public record Good<E extends Event>(int index, Received record, Envelope<E> envelope) {

		public E event() {
			return this.envelope.event();
		}

	}

	/** What every event says, where it can be read. */
	private record Whose(@Nullable OrganizationId organization, @Nullable ConnectionId connection) {
	}

}
