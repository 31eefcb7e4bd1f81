package io.rollcall.support.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What this service could not process, the newest first. */
@RestController
@RequestMapping("/api/dead-letters")
class DeadLettersController {

	private final DeadLetters letters;

	DeadLettersController(DeadLetters letters) {
		this.letters = letters;
	}

	@GetMapping
	Mono<List<View>> list(@RequestParam(defaultValue = "100") int limit) {
		int most = Problems.limit(limit);
		return blocking(() -> this.letters.newest(most).stream().map(View::of).toList());
	}

	@PostMapping("/{id}/redrive")
	Mono<View> redrive(@PathVariable String id) {
		return blocking(() -> found(id, this.letters.redrive(id)));
	}

	@PostMapping("/{id}/discard")
	Mono<View> discard(@PathVariable String id) {
		return blocking(() -> found(id, this.letters.discard(id)));
	}

	private static View found(String id, Optional<DeadLetter> letter) {
		return letter.map(View::of)
			.orElseThrow(() -> Problems.notFound(
					"there is no dead letter '%s': it may have been redriven or discarded already".formatted(id)));
	}

	private static <T> Mono<T> blocking(Callable<T> work) {
		return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * A letter as people look at it.
	 *
	 * @param value as text, whatever of it is text
	 */
	record View(String id, @JsonUnwrapped @JsonIgnoreProperties("value") DeadLetter letter, @Nullable String value) {

		static View of(DeadLetter letter) {
			return new View(letter.id(), letter,
					(letter.value() != null) ? new String(letter.value(), StandardCharsets.UTF_8) : null);
		}

	}

}
