package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.ConsumerRecordRecoverer;

/**
 * Sets one record aside: into the database first, for a person to redrive or discard,
 * then onto the dead-letter topic, for tools. If either fails the record is not passed
 * over: it is delivered again.
 */
final class DeadLetterRecoverer implements ConsumerRecordRecoverer {

	private static final Logger log = LoggerFactory.getLogger(DeadLetterRecoverer.class);

	private static final Duration SAVE = Duration.ofSeconds(10);

	private final String group;

	private final DeadLetters letters;

	private final ConsumerRecordRecoverer topic;

	private final InstantSource clock;

	DeadLetterRecoverer(String group, DeadLetters letters, ConsumerRecordRecoverer topic, InstantSource clock) {
		this.group = group;
		this.letters = letters;
		this.topic = topic;
		this.clock = clock;
	}

	@Override
	public void accept(ConsumerRecord<?, ?> record, Exception failure) {
		String reason = reason(failure);
		DeadLetter letter = new DeadLetter(record.topic(), record.partition(), record.offset(), this.group,
				text(record.key()), headers(record), (record.value() instanceof byte[] bytes) ? bytes : null, reason,
				this.clock.instant());
		this.letters.save(letter).block(SAVE);
		this.topic.accept(record, failure);
		log.error("Dead letter {} (key {}): {}. Redrive or discard it at /api/dead-letters of this service",
				letter.id(), letter.key(), reason);
	}

	private static String reason(Throwable failure) {
		if (failure instanceof BadRecordException bad) {
			return bad.reason();
		}
		return (failure.getCause() != null) ? reason(failure.getCause()) : failure.toString();
	}

	private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
		Map<String, String> headers = new LinkedHashMap<>();
		for (Header header : record.headers()) {
			String value = text(header.value());
			headers.put(header.key(), (value != null) ? value : "");
		}
		return headers;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

}
