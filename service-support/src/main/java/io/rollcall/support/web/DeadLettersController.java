package io.rollcall.support.web;

import java.util.List;

import io.rollcall.support.DeadLetterDesk;
import io.rollcall.support.DeadLetterView;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Records that this service could not process, the newest first. */
@RestController
@RequestMapping("/api/dead-letters")
class DeadLettersController {

	private final DeadLetterDesk desk;

	DeadLettersController(DeadLetterDesk desk) {
		this.desk = desk;
	}

	@GetMapping
	Mono<List<DeadLetterView>> list(@RequestParam(defaultValue = "100") int limit) {
		if (limit < 1 || limit > 1_000) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "limit must be 1 to 1000, is " + limit);
		}
		return this.desk.newest(limit).collectList();
	}

	@PostMapping("/{id}/redrive")
	Mono<DeadLetterView> redrive(@PathVariable String id) {
		return this.desk.redrive(id).switchIfEmpty(Mono.error(() -> unknown(id)));
	}

	@PostMapping("/{id}/discard")
	Mono<DeadLetterView> discard(@PathVariable String id) {
		return this.desk.discard(id).switchIfEmpty(Mono.error(() -> unknown(id)));
	}

	private static ResponseStatusException unknown(String id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND,
				"there is no dead letter '%s': it may have been redriven or discarded already".formatted(id));
	}

}
