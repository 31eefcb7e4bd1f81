package io.rollcall.connector.flow.hint;

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
import java.util.function.Function;

import io.rollcall.connector.flow.Publications;
import io.rollcall.connector.flow.Sources;
import io.rollcall.connector.flow.Sources.Source;
import io.rollcall.model.ObjectId;
import io.rollcall.model.SourceId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.hint.Hint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts change notifications: those that repeat a source's secret become hints, and it
 * ends when Kafka has them. Nothing is acknowledged from memory.
 */
public final class Webhook {

	private static final Logger log = LoggerFactory.getLogger(Webhook.class);

	private static final Duration REMEMBERED = Duration.ofSeconds(30);

	private static final int MOST_REMEMBERED = 10_000;

	private static final byte[] NOBODY = new byte[0];

	private final Sources sources;

	private final Publications publications;

	private final InstantSource clock;

	private final Map<SourceId, Known> known = new ConcurrentHashMap<>();

	/** What a source's notifications must repeat; nobody's is remembered too. */
	private record Known(byte[] clientState, Instant until) {
	}

	/** One item of what Graph posts. */
	public record Notification(String subscription, String clientState, @Nullable String changeType, ObjectKind kind,
			@Nullable String object, @Nullable String lifecycleEvent) {
	}

	/** How many notifications became hints, and how many were dropped. */
	public record Outcome(int accepted, int dropped) {
	}

	public Webhook(Sources sources, Publications publications, InstantSource clock) {
		this.sources = sources;
		this.publications = publications;
		this.clock = clock;
	}

	public Outcome accept(List<Notification> notifications) {
		// One post often says the same of the same object many times.
		Set<Hint> accepted = new LinkedHashSet<>();
		Instant now = this.clock.instant();
		int dropped = 0;
		for (Notification notification : notifications) {
			SourceId source = verified(notification.clientState());
			if (source != null) {
				accepted.add(hint(source, notification, now));
			}
			else {
				dropped++;
			}
		}
		if (dropped > 0) {
			log.warn("{} of {} notifications of a post were dropped: their clientState is not one of ours", dropped,
					notifications.size());
		}
		if (!accepted.isEmpty()) {
			this.publications.publish(List.copyOf(accepted));
		}
		return new Outcome(notifications.size() - dropped, dropped);
	}

	private @Nullable SourceId verified(String clientState) {
		int dot = clientState.lastIndexOf('.');
		SourceId source = (dot > 0) ? orNull(SourceId::new, clientState.substring(0, dot)) : null;
		if (source == null) {
			return null;
		}
		byte[] said = clientState.getBytes(StandardCharsets.UTF_8);
		return MessageDigest.isEqual(known(source).clientState(), said) ? source : null;
	}

	private Known known(SourceId id) {
		Instant now = this.clock.instant();
		Known remembered = this.known.get(id);
		if (remembered != null && remembered.until().isAfter(now)) {
			return remembered;
		}
		Source source = this.sources.find(id);
		byte[] expected = (source != null) ? source.clientState().value().getBytes(StandardCharsets.UTF_8) : NOBODY;
		Known found = new Known(expected, now.plus(REMEMBERED));
		if (this.known.size() >= MOST_REMEMBERED) {
			this.known.clear();
		}
		this.known.put(id, found);
		return found;
	}

	private static Hint hint(SourceId source, Notification notification, Instant now) {
		String lifecycle = notification.lifecycleEvent();
		if (lifecycle != null && !lifecycle.equals("missed")) {
			return new Hint.ReauthorizationHinted(source, notification.subscription(), now);
		}
		String changeType = (notification.changeType() != null) ? notification.changeType() : "missed";
		return new Hint.ChangeHinted(source, (lifecycle != null) ? ObjectKind.OTHER : notification.kind(),
				orNull(ObjectId::new, notification.object()), changeType, notification.subscription(), now);
	}

	/** Null where a text is missing, or cannot be what it should be. */
	private static <T> @Nullable T orNull(Function<String, T> made, @Nullable String text) {
		try {
			return (text != null) ? made.apply(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
