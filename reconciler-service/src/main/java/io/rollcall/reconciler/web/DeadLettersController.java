package io.rollcall.reconciler.web;

import java.util.List;

import io.rollcall.reconciler.flow.act.DeadLetterDesk;
import io.rollcall.reconciler.flow.view.DeadLetterView;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Records that could not be processed, the newest first. */
@RestController
@RequestMapping("/api/dead-letters")
class DeadLettersController {

	private final DeadLetterDesk desk;

	DeadLettersController(DeadLetterDesk desk) {
		this.desk = desk;
	}

	@GetMapping
	Mono<List<DeadLetterView>> list(@RequestParam(defaultValue = "100") int limit) {
		return this.desk.newest(Problems.limit(limit)).collectList();
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
		return Problems
			.notFound("there is no dead letter '%s': it may have been redriven or discarded already".formatted(id));
	}

}
