package io.rollcall.connector.flow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.hint.Hint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Accepts change notifications: those that repeat a connection's secret become hints, and
 * it ends when Kafka has them. Nothing is acknowledged from memory.
 */
public final class Webhook {

	private static final Logger log = LoggerFactory.getLogger(Webhook.class);

	private static final Duration REMEMBERED = Duration.ofSeconds(30);

	private static final int MOST_REMEMBERED = 10_000;

	private final Connections connections;

	private final Hints hints;

	private final InstantSource clock;

	private final Map<ConnectionId, Known> known = new ConcurrentHashMap<>();

	/** What a connection's notifications must repeat; empty when it is not listening. */
	private record Known(byte[] clientState, Instant until) {
	}

	/** How many notifications became hints, and how many were dropped. */
	public record Outcome(int accepted, int dropped) {
	}

	Webhook(Connections connections, Hints hints, InstantSource clock) {
		this.connections = connections;
		this.hints = hints;
		this.clock = clock;
	}

	public Mono<Outcome> accept(List<Notification> notifications) {
		return Flux.fromIterable(notifications)
			.concatMap((notification) -> verified(notification).map((id) -> hint(id, notification)))
			.collectList()
			.flatMap((verified) -> {
				// One post often says the same of the same object many times.
				Set<Hint> distinct = new LinkedHashSet<>(verified);
				Outcome outcome = new Outcome(verified.size(), notifications.size() - verified.size());
				return distinct.isEmpty() ? Mono.just(outcome)
						: this.hints.publish(List.copyOf(distinct)).thenReturn(outcome);
			});
	}

	private Mono<ConnectionId> verified(Notification notification) {
		String clientState = notification.clientState();
		int dot = clientState.lastIndexOf('.');
		ConnectionId id = (dot > 0) ? connectionId(clientState.substring(0, dot)) : null;
		if (id == null) {
			return dropped(notification);
		}
		byte[] said = clientState.getBytes(StandardCharsets.UTF_8);
		return known(id).filter((expected) -> MessageDigest.isEqual(expected.clientState(), said))
			.map((_) -> id)
			.switchIfEmpty(Mono.defer(() -> dropped(notification)));
	}

	private Mono<Known> known(ConnectionId id) {
		Instant now = this.clock.instant();
		Known remembered = this.known.get(id);
		if (remembered != null && remembered.until().isAfter(now)) {
			return Mono.just(remembered);
		}
		return this.connections.find(id).map((connection) -> {
			Known found = new Known(connection.clientState().value().getBytes(StandardCharsets.UTF_8),
					now.plus(REMEMBERED));
			if (this.known.size() >= MOST_REMEMBERED) {
				this.known.clear();
			}
			this.known.put(id, found);
			return found;
		});
	}

	private Mono<ConnectionId> dropped(Notification notification) {
		log.warn("A notification for subscription {} was dropped: its clientState is not one of ours",
				printable(notification.subscription()));
		return Mono.empty();
	}

	private Hint hint(ConnectionId connection, Notification notification) {
		Instant now = this.clock.instant();
		String lifecycle = notification.lifecycleEvent();
		if (lifecycle != null && !lifecycle.equals("missed")) {
			return new Hint.ReauthorizationHinted(connection, notification.subscription(), now);
		}
		String changeType = (notification.changeType() != null) ? notification.changeType() : "missed";
		return new Hint.ChangeHinted(connection, (lifecycle != null) ? ObjectKind.OTHER : notification.kind(),
				objectId(notification.object()), changeType, notification.subscription(), now);
	}

	private static @Nullable ConnectionId connectionId(String text) {
		try {
			return new ConnectionId(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable ObjectId objectId(@Nullable String text) {
		try {
			return (text != null) ? new ObjectId(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static String printable(String text) {
		String clean = text.replaceAll("[^\\w.:/-]", "?");
		return (clean.length() > 80) ? clean.substring(0, 80) : clean;
	}

}
