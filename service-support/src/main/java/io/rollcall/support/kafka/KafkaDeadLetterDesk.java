package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetterDesk;
import io.rollcall.support.DeadLetterView;
import io.rollcall.support.DeadLetters;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.kafka.core.ProducerFactory;

/**
 * Dead letters, with the way back to their topic. A record goes back to the partition it
 * was on: markers are not where their key alone would put them.
 */
final class KafkaDeadLetterDesk implements DeadLetterDesk {

	private static final Logger log = LoggerFactory.getLogger(KafkaDeadLetterDesk.class);

	private final DeadLetters letters;

	private final ProducerFactory<byte[], byte[]> producers;

	KafkaDeadLetterDesk(DeadLetters letters, ProducerFactory<byte[], byte[]> eventProducerFactory) {
		this.letters = letters;
		this.producers = eventProducerFactory;
	}

	@Override
	public Flux<DeadLetterView> newest(int limit) {
		return this.letters.newest(limit).map(KafkaDeadLetterDesk::view);
	}

	@Override
	public Mono<DeadLetterView> redrive(String id) {
		return this.letters.find(id)
			.flatMap((letter) -> Mono.fromFuture(() -> publish(letter))
				.subscribeOn(Schedulers.boundedElastic())
				.then(this.letters.remove(id))
				.then(Mono.fromSupplier(() -> view(letter))))
			.doOnNext((letter) -> log.info("Dead letter {} was redriven", id));
	}

	@Override
	public Mono<DeadLetterView> discard(String id) {
		return this.letters.find(id)
			.flatMap((letter) -> this.letters.remove(id).then(Mono.fromSupplier(() -> view(letter))))
			.doOnNext((letter) -> log.info("Dead letter {} was discarded", id));
	}

	private CompletableFuture<Void> publish(DeadLetter letter) {
		CompletableFuture<Void> sent = new CompletableFuture<>();
		this.producers.createProducer().send(record(letter), (metadata, failure) -> {
			if (failure != null) {
				sent.completeExceptionally(failure);
			}
			else {
				sent.complete(null);
			}
		});
		return sent;
	}

	private static ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
		RecordHeaders headers = new RecordHeaders();
		letter.headers().forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
		String key = letter.key();
		return new ProducerRecord<>(letter.topic(), letter.partition(),
				(key != null) ? key.getBytes(StandardCharsets.UTF_8) : null, letter.value(), headers);
	}

	private static DeadLetterView view(DeadLetter letter) {
		return new DeadLetterView(letter.id(), letter.topic(), letter.partition(), letter.offset(), letter.group(),
				letter.key(), letter.headers(), text(letter.value()), letter.reason(), letter.at());
	}

	private static @Nullable String text(byte @Nullable [] value) {
		return (value != null) ? new String(value, StandardCharsets.UTF_8) : null;
	}

}
