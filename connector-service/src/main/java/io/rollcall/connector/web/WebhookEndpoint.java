package io.rollcall.connector.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.MeterRegistry;
import io.rollcall.connector.flow.hint.Webhook;
import io.rollcall.connector.flow.hint.Webhook.Notification;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where Graph posts change notifications and lifecycle events. It answers 202 when Kafka
 * has them, and 503 when that takes longer than Graph should wait: then Graph posts them
 * again.
 *
 * @see <a href=
 * "https://learn.microsoft.com/graph/change-notifications-delivery-webhooks">Delivery
 * through webhooks</a>
 */
@RestController
class WebhookEndpoint {

	private static final Logger log = LoggerFactory.getLogger(WebhookEndpoint.class);

	private static final int LONGEST_TOKEN = 8192;

	private static final int MOST_ITEMS = 2000;

	/** Graph counts an answer as slow from 3 s on. */
	private static final Duration DEADLINE = Duration.ofSeconds(2);

	private final Webhook webhook;

	private final MeterRegistry metrics;

	/** Kafka is waited for, which only virtual threads should do. */
	private final AsyncTaskExecutor flows = new VirtualThreadTaskExecutor("webhook-");

	WebhookEndpoint(Webhook webhook, MeterRegistry metrics) {
		this.webhook = webhook;
		this.metrics = metrics;
	}

	/** The handshake: Graph sends a token, decoded it goes back as plain text. */
	@PostMapping(path = { "/graph/notifications", "/graph/lifecycle" }, params = "validationToken")
	ResponseEntity<String> handshake(@RequestParam String validationToken) {
		if (validationToken.length() > LONGEST_TOKEN) {
			return ResponseEntity.badRequest().contentType(MediaType.TEXT_PLAIN).body("validationToken is too long");
		}
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_PLAIN)
			.header("X-Content-Type-Options", "nosniff")
			.body(validationToken);
	}

	@PostMapping(path = { "/graph/notifications", "/graph/lifecycle" }, params = "!validationToken")
	CompletableFuture<ResponseEntity<@Nullable Void>> notified(@RequestBody NotificationBody body) {
		List<Notification> notifications = body.notifications();
		if (notifications.size() > MOST_ITEMS) {
			count("refused", 1);
			return CompletableFuture.completedFuture(ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE).build());
		}
		return this.flows.submitCompletable(() -> this.webhook.accept(notifications))
			.orTimeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
			.handle((outcome, failure) -> {
				if (outcome == null) {
					log.warn("Notifications could not be stored, Graph is asked to post them again: {}",
							String.valueOf(failure));
					count("refused", 1);
					return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
						.header("Retry-After", PostsInFlight.RETRY_AFTER)
						.build();
				}
				count("accepted", outcome.accepted());
				count("dropped", outcome.dropped());
				return ResponseEntity.accepted().build();
			});
	}

	private void count(String outcome, int count) {
		this.metrics.counter("rollcall.webhook.notifications", "outcome", outcome).increment(count);
	}

	/**
	 * What Graph posts. Its {@code sequenceNumber} is larger than a double can hold and
	 * is not needed: it is not read at all.
	 */
	record NotificationBody(@Nullable List<Item> value) {

		private static final Pattern USER = Pattern.compile("#microsoft\\.graph\\.user|/?users(/.*)?",
				Pattern.CASE_INSENSITIVE);

		private static final Pattern GROUP = Pattern.compile("#microsoft\\.graph\\.group|/?groups(/.*)?",
				Pattern.CASE_INSENSITIVE);

		List<Notification> notifications() {
			return (this.value != null) ? this.value.stream().map(Item::notification).toList() : List.of();
		}

		record Item(@Nullable String subscriptionId, @Nullable String clientState, @Nullable String changeType,
				@Nullable String resource, @Nullable String lifecycleEvent, @Nullable Data resourceData) {

			Notification notification() {
				return new Notification(orEmpty(this.subscriptionId), orEmpty(this.clientState), this.changeType,
						kind(), (this.resourceData != null) ? this.resourceData.id() : null, this.lifecycleEvent);
			}

			private ObjectKind kind() {
				String type = (this.resourceData != null && this.resourceData.type() != null) ? this.resourceData.type()
						: orEmpty(this.resource);
				return USER.matcher(type).matches() ? ObjectKind.USER
						: GROUP.matcher(type).matches() ? ObjectKind.GROUP : ObjectKind.OTHER;
			}

			private static String orEmpty(@Nullable String text) {
				return (text != null) ? text : "";
			}

		}

		record Data(@Nullable String id, @JsonProperty("@odata.type") @Nullable String type) {
		}

	}

}
