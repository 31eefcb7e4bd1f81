package io.rollcall.reconciler.web;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Acts.Publication;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

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

	RulesController(Ports ports, Acts acts, Catalogues catalogues) {
		this.connections = ports.connections();
		this.acts = acts;
		this.catalogues = catalogues;
	}

	/** Those that hold: the standard ones while nobody published any. */
	@GetMapping
	Body current(@PathVariable String connection) {
		ConnectionId id = new ConnectionId(connection);
		Connection known = this.connections.find(id);
		return body(id, (known != null) ? known.rules() : Rules.standard());
	}

	/** Publishes all of them; everybody is decided again if the connection is active. */
	@PutMapping
	ResponseEntity<Body> publish(@PathVariable String connection,
			@RequestBody(required = false) @Nullable RulesBody asked) {
		RulesBody body = RulesBody.present("rules", asked);
		Rules rules = body.rules(this.catalogues.of(ObjectKind.USER));
		String by = new Act(body.by()).person();
		ConnectionId id = new ConnectionId(connection);
		Connection known = Optional.ofNullable(this.connections.find(id))
			.orElseThrow(() -> Problems.notFound("there is no connection '%s'".formatted(connection)));
		return switch (this.acts.publish(known, body.version(), rules, by)) {
			case Publication.Stored(Rules published, boolean hold) -> hold ? ResponseEntity.ok(body(id, published))
					: ResponseEntity.accepted()
						.location(URI.create("/api/connections/%s/rules".formatted(connection)))
						.body(body(id, published));
			case Publication.Outdated(int version) -> throw Problems
				.conflict("version %d was published meanwhile: read the rules, and publish again".formatted(version));
		};
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
