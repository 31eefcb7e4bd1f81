package io.rollcall.support.kafka;

import java.time.InstantSource;

import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.ConsumerRecordRecoverer;

/**
 * Sets one record aside: into the database first, for a person to redrive or discard,
 * then onto the dead-letter topic, for tools. If either fails the record is not passed
 * over: it is delivered again.
 */
final class DeadLetterRecoverer {

	private static final Logger log = LoggerFactory.getLogger(DeadLetterRecoverer.class);

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

	@SuppressWarnings("unchecked")
	void accept(ConsumerRecord<?, ?> record, BadRecordException failure) {
		DeadLetter letter = ReceivedBatch.of((ConsumerRecord<byte[], byte[]>) record)
			.letter(this.group, failure.reason(), this.clock.instant());
		this.letters.save(letter);
		this.topic.accept(record, failure);
		log.error("Dead letter {} (key {}): {}. Redrive or discard it at /api/dead-letters of this service",
				letter.id(), letter.key(), letter.reason());
	}

}
