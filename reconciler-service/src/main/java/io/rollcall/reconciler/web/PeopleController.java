package io.rollcall.reconciler.web;

import java.net.URI;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.reconciler.flow.act.PeopleCommands;
import io.rollcall.reconciler.flow.view.Explanation;
import io.rollcall.reconciler.flow.view.Explanations;
import io.rollcall.reconciler.rules.ObjectKey;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A connection's directory users: why they are what they are, and who is left out. */
@RestController
@RequestMapping("/api/connections/{connection}/people/{object}")
class PeopleController {

	private final Explanations explanations;

	private final PeopleCommands commands;

	PeopleController(Explanations explanations, PeopleCommands commands) {
		this.explanations = explanations;
		this.commands = commands;
	}

	@GetMapping("/explain")
	Mono<Explanation> explain(@PathVariable String connection, @PathVariable String object) {
		return explained(key(connection, object));
	}

	@PostMapping("/ignore")
	Mono<ResponseEntity<Explanation>> ignore(@PathVariable String connection, @PathVariable String object,
			@RequestBody Act act) {
		return ignore(key(connection, object), true, act);
	}

	@PostMapping("/unignore")
	Mono<ResponseEntity<Explanation>> unignore(@PathVariable String connection, @PathVariable String object,
			@RequestBody Act act) {
		return ignore(key(connection, object), false, act);
	}

	private Mono<ResponseEntity<Explanation>> ignore(ObjectKey key, boolean ignored, Act act) {
		return this.commands.ignore(key, ignored, act.person())
			.switchIfEmpty(Mono.error(() -> unknown(key)))
			.flatMap((answer) -> explained(key).map((explanation) -> response(answer, key, explanation)));
	}

	private Mono<Explanation> explained(ObjectKey key) {
		return this.explanations.of(key).switchIfEmpty(Mono.error(() -> unknown(key)));
	}

	private static ResponseEntity<Explanation> response(PeopleCommands.Answer answer, ObjectKey key,
			Explanation explanation) {
		return switch (answer) {
			case STORED -> ResponseEntity.ok(explanation);
			case ASKED -> ResponseEntity.accepted()
				.location(URI.create("/api/connections/%s/people/%s/explain".formatted(key.connection(), key.object())))
				.body(explanation);
		};
	}

	private static ObjectKey key(String connection, String object) {
		return new ObjectKey(Ids.of(ConnectionId::new, connection), Ids.of(ObjectId::new, object));
	}

	private static ResponseStatusException unknown(ObjectKey key) {
		return Problems
			.notFound("nothing was ever read of '%s' in connection '%s'".formatted(key.object(), key.connection()));
	}

}
