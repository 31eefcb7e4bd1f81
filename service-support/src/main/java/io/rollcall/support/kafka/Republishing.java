package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetterRedrive;

/**
 * Publishes a record again where it was, as it was. To the partition it was on: markers
 * are not where their key alone would put them.
 */
final class Republishing implements DeadLetterRedrive {

	private final EventPublisher publisher;

	Republishing(EventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public boolean redrive(DeadLetter letter) {
		if (letter.index() != null) {
			return false;
		}
		Map<String, byte[]> headers = new HashMap<>();
		letter.headers().forEach((name, value) -> headers.put(name, value.getBytes(StandardCharsets.UTF_8)));
		this.publisher
			.publishAll(
					List.of(new Outgoing(letter.topic(), letter.partition(), letter.key(), headers, letter.value())))
			.join();
		return true;
	}

}
