package io.rollcall.reconciler.web;

import java.net.URI;
import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.act.Acts;
import io.rollcall.reconciler.flow.act.Acts.Publication;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A connection's rules. */
@RestController
@RequestMapping("/api/connections/{connection}/rules")
class RulesController {

	private final Connections connections;

	private final Acts acts;

	private final Catalogues catalogues;

	RulesController(Connections connections, Acts acts, Catalogues catalogues) {
		this.connections = connections;
		this.acts = acts;
		this.catalogues = catalogues;
	}

	/** Those that hold: the standard ones while nobody published any. */
	@GetMapping
	Mono<Body> current(@PathVariable String connection) {
		return Blocking.run(() -> {
			ConnectionId id = new ConnectionId(connection);
			Connection known = this.connections.find(id);
			return body(id, (known != null) ? known.rules() : Rules.standard());
		});
	}

	/** Publishes all of them; everybody is decided again if the connection is active. */
	@PutMapping
	Mono<ResponseEntity<Body>> publish(@PathVariable String connection,
			@RequestBody(required = false) @Nullable RulesBody asked) {
		return Blocking.run(() -> {
			ConnectionId id = new ConnectionId(connection);
			RulesBody body = RulesBody.present("rules", asked);
			return switch (this.acts.publish(id, body.version(), body.rules(this.catalogues.of(ObjectKind.USER)),
					new Act(body.by()).person())) {
				case Publication.Done(Rules published) -> ResponseEntity.ok(body(id, published));
				case Publication.Asked(Rules published) -> ResponseEntity.accepted()
					.location(URI.create("/api/connections/%s/rules".formatted(connection)))
					.body(body(id, published));
				case Publication.Outdated(int version) -> throw Problems.conflict(
						"version %d was published meanwhile: read the rules, and publish again".formatted(version));
				case Publication.Unknown _ ->
					throw Problems.notFound("there is no connection '%s'".formatted(connection));
			};
		});
	}

	private Body body(ConnectionId connection, Rules rules) {
		Connections.Published published = this.connections.published(connection, rules.version());
		return new Body(connection.value(), rules.version(), RulesBody.of(rules),
				(published != null) ? published.by() : null, (published != null) ? published.at() : null);
	}

	/**
	 * A connection's rules, as people look at them.
	 *
	 * @param by who published them; null for the standard ones
	 */
	record Body(String connection, int version, RulesBody rules, @Nullable String by, @Nullable Instant at) {
	}

}
