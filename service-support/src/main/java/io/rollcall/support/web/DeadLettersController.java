package io.rollcall.support.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import org.jspecify.annotations.Nullable;

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
	List<View> list(@RequestParam(defaultValue = "100") int limit) {
		return this.letters.newest(Problems.limit(limit)).stream().map(View::of).toList();
	}

	@PostMapping("/{id}/redrive")
	View redrive(@PathVariable String id) {
		return found(id, this.letters.redrive(id));
	}

	@PostMapping("/{id}/discard")
	View discard(@PathVariable String id) {
		return found(id, this.letters.discard(id));
	}

	private static View found(String id, Optional<DeadLetter> letter) {
		return letter.map(View::of)
			.orElseThrow(() -> Problems.notFound(
					"there is no dead letter '%s': it may have been redriven or discarded already".formatted(id)));
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
