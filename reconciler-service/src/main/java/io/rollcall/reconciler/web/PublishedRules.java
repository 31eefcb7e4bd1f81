package io.rollcall.reconciler.web;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.Connections.Published;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Acts.Publication;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Finds the rules of a connection, and publishes others, with the answers to callers. */
@Component
final class PublishedRules {

	private static final int STANDARD = Rules.standard().version();

	private final Connections connections;

	private final Acts acts;

	PublishedRules(Ports ports, Acts acts) {
		this.connections = ports.connections();
		this.acts = acts;
	}

	Connection connection(ConnectionId id) {
		return Optional.ofNullable(this.connections.find(id))
			.orElseThrow(() -> Problems.notFound("there is no connection '%s'".formatted(id)));
	}

	/** The rules that hold: the standard ones while nobody published any. */
	Rules live(ConnectionId id) {
		Connection known = this.connections.find(id);
		return (known != null) ? known.rules() : Rules.standard();
	}

	/** The rules of a version; the first are the standard ones. */
	Rules version(ConnectionId id, int version) {
		Rules found = this.connections.rules(id, version);
		if (found == null && version == STANDARD) {
			return Rules.standard();
		}
		return Optional.ofNullable(found)
			.orElseThrow(
					() -> Problems.notFound("connection '%s' has no version %d of its rules".formatted(id, version)));
	}

	/**
	 * Publishes rules.
	 * @param madeFrom the version that they were made from; null for whichever holds
	 * @param preview that showed what they do; null where none was looked at
	 */
	ResponseEntity<Body> publish(ConnectionId id, @Nullable Integer madeFrom, Rules rules, String by,
			@Nullable String preview) {
		return switch (this.acts.publish(connection(id), madeFrom, rules, by, preview)) {
			case Publication.Stored(Rules published, boolean hold) -> hold ? ResponseEntity.ok(body(id, published))
					: ResponseEntity.accepted()
						.location(URI.create("/api/connections/%s/rules".formatted(id)))
						.body(body(id, published));
			case Publication.Outdated(int version) -> throw Problems
				.conflict("version %d was published meanwhile: read the rules, and publish again".formatted(version));
		};
	}

	Body body(ConnectionId connection, Rules rules) {
		Published published = this.connections.published(connection, rules.version());
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
