package io.rollcall.simulator.graph;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.UUID;

import io.rollcall.simulator.faults.Variant;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.notifications.Handshake;
import io.rollcall.simulator.notifications.Subscription;
import io.rollcall.simulator.notifications.Subscriptions;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates, lists, renews, reauthorizes and deletes subscriptions; blocks while an
 * endpoint is being validated.
 */
final class SubscriptionCalls {

	static final Duration SHORTEST = Duration.ofMinutes(45);

	static final Duration LONGEST = Duration.ofMinutes(41_760);

	private static final int LONGEST_CLIENT_STATE = 128;

	private final Subscriptions subscriptions;

	private final Handshake handshake;

	private final boolean plainHttp;

	private final InstantSource clock;

	private final JsonMapper mapper = new JsonMapper();

	SubscriptionCalls(Subscriptions subscriptions, Handshake handshake, boolean plainHttp, InstantSource clock) {
		this.subscriptions = subscriptions;
		this.handshake = handshake;
		this.plainHttp = plainHttp;
		this.clock = clock;
	}

	GraphResponse create(GraphRequest request) {
		Subscription wanted = wanted(request, DirectoryObjectCalls.parse(this.mapper, request.body()));
		refuse(this.subscriptions.check(wanted), wanted);
		validate(wanted.notificationUrl());
		if (wanted.lifecycleUrl() != null) {
			validate(wanted.lifecycleUrl());
		}
		refuse(this.subscriptions.add(wanted), wanted);
		return GraphResponse.created(write(context(request, "/$entity"), wanted));
	}

	GraphResponse list(GraphRequest request) {
		JsonBytes json = context(request, "").name("value").array();
		this.subscriptions.of(request.tenant().id(), request.app().appId())
			.forEach((subscription) -> write(json.object(), subscription));
		return GraphResponse.ok(json.endArray().endObject());
	}

	GraphResponse get(String id, GraphRequest request) {
		return GraphResponse.ok(write(context(request, "/$entity"), find(id, request)));
	}

	GraphResponse renew(String id, GraphRequest request) {
		JsonNode body = DirectoryObjectCalls.parse(this.mapper, request.body());
		Subscription before = find(id, request);
		permit(before.kind(), request);
		String url = body.hasNonNull("notificationUrl") ? body.path("notificationUrl").asString()
				: before.notificationUrl();
		if (body.has("lifecycleNotificationUrl")) {
			throw invalid("lifecycleNotificationUrl can only be set when the subscription is created.");
		}
		checkUrl(url);
		Instant expiration = body.hasNonNull("expirationDateTime") ? expiration(body, request) : before.expiration();
		validate(url);
		Subscription renewed = before.with(expiration, url);
		this.subscriptions.replace(renewed);
		this.subscriptions.touch(id, true);
		return GraphResponse.ok(write(context(request, "/$entity"), renewed));
	}

	GraphResponse reauthorize(String id, GraphRequest request) {
		Subscription subscription = find(id, request);
		permit(subscription.kind(), request);
		validate(subscription.notificationUrl());
		this.subscriptions.touch(id, false);
		return GraphResponse.noContent();
	}

	GraphResponse delete(String id, GraphRequest request) {
		this.subscriptions.remove(find(id, request).id());
		return GraphResponse.noContent();
	}

	private Subscription wanted(GraphRequest request, JsonNode body) {
		String resource = required(body, "resource");
		String changeType = required(body, "changeType");
		String url = required(body, "notificationUrl");
		String lifecycle = body.path("lifecycleNotificationUrl").asString(null);
		String clientState = body.path("clientState").asString(null);
		if (clientState != null && clientState.length() > LONGEST_CLIENT_STATE) {
			throw invalid("clientState exceeds the maximum length of %d characters.".formatted(LONGEST_CLIENT_STATE));
		}
		for (String part : changeType.split(",")) {
			if (!java.util.List.of("created", "updated", "deleted")
				.contains(part.strip().toLowerCase(java.util.Locale.ROOT))) {
				throw invalid("Invalid value '%s' for property 'changeType'.".formatted(part.strip()));
			}
		}
		checkUrl(url);
		if (lifecycle != null) {
			checkUrl(lifecycle);
		}
		if (body.path("includeResourceData").asBoolean(false)) {
			throw invalid("Rich notifications are not supported for this resource.");
		}
		Target target = target(resource, request);
		return new Subscription(UUID.randomUUID().toString(), request.tenant().id(), request.app().appId(), changeType,
				resource, target.kind(), target.object(), url, lifecycle, clientState, expiration(body, request),
				body.path("latestSupportedTlsVersion").asString("v1_2"));
	}

	/** What a resource path means. */
	private record Target(Kind kind, @Nullable ObjectRef object) {
	}

	private static Target target(String resource, GraphRequest request) {
		String[] parts = resource.replaceFirst("^/", "").split("/");
		Kind kind = switch (parts[0].toLowerCase(java.util.Locale.ROOT)) {
			case "users" -> Kind.USER;
			case "groups" -> Kind.GROUP;
			default -> throw invalid("Resource '%s' is not supported for subscriptions.".formatted(resource));
		};
		permit(kind, request);
		if (parts.length == 1) {
			return new Target(kind, null);
		}
		ObjectRef object = request.tenant().read((directory) -> directory.ids().find(parts[1]));
		if (object == null || object.kind() != kind) {
			throw new GraphRefused(GraphResponse.notFound(parts[1]));
		}
		return new Target(kind, object);
	}

	private static void permit(Kind kind, GraphRequest request) {
		boolean reading = request.is(Variant.GROUP_HINTS_FOR_MEMBER_READERS);
		request.require(reading ? Permissions.reading(kind) : Permissions.subscribing(kind));
	}

	/** Too soon is silently set later; too late is refused. */
	private Instant expiration(JsonNode body, GraphRequest request) {
		Instant wanted;
		try {
			wanted = OffsetDateTime.parse(required(body, "expirationDateTime")).toInstant();
		}
		catch (DateTimeException ex) {
			throw invalid("Invalid value for property 'expirationDateTime'.");
		}
		Instant now = this.clock.instant();
		if (!wanted.isAfter(now)) {
			throw invalid("Subscription expiration can only be set in the future.");
		}
		if (wanted.isAfter(now.plus(LONGEST).plusSeconds(60))) {
			if (request.is(Variant.EXPIRATION_CAPPED)) {
				return now.plus(LONGEST);
			}
			throw invalid(
					"Subscription expiration can only be %d minutes in the future.".formatted(LONGEST.toMinutes()));
		}
		Instant earliest = now.plus(SHORTEST);
		return wanted.isBefore(earliest) ? earliest : wanted;
	}

	private void checkUrl(String url) {
		try {
			URI uri = URI.create(url);
			String host = String.valueOf(uri.getHost());
			boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
			boolean http = "http".equals(uri.getScheme()) && (loopback || this.plainHttp);
			if (uri.getHost() == null || !(http || "https".equals(uri.getScheme()))) {
				throw invalid("The notification URL '%s' must be an https URL.".formatted(url));
			}
		}
		catch (IllegalArgumentException ex) {
			throw invalid("The notification URL '%s' is not a valid URL.".formatted(url));
		}
	}

	private void validate(String url) {
		switch (this.handshake.with(url)) {
			case VALID -> {
			}
			case TIMED_OUT -> throw new GraphRefused(
					GraphResponse.error(400, "InvalidRequest", "Subscription validation request timed out."));
			case WRONG -> throw new GraphRefused(GraphResponse.error(400, "ValidationError",
					"Subscription validation request failed. Notification endpoint must respond with 200 OK to "
							+ "validation request."));
		}
	}

	private static void refuse(Subscriptions.Outcome outcome, Subscription wanted) {
		switch (outcome) {
			case STORED -> {
			}
			case DUPLICATE -> throw new GraphRefused(GraphResponse.error(409, "Conflict",
					"Subscription Id <> already exists for the requested combination"));
			case TOO_MANY -> throw new GraphRefused(GraphResponse.error(403, "Forbidden",
					"The maximum number of subscriptions (%d) for application %s in tenant %s is reached."
						.formatted(Subscriptions.MOST, wanted.appId(), wanted.tenant())));
		}
	}

	private Subscription find(String id, GraphRequest request) {
		Subscription found = this.subscriptions.find(id);
		if (found == null || !found.tenant().equals(request.tenant().id())
				|| !found.appId().equals(request.app().appId())) {
			throw new GraphRefused(GraphResponse.error(404, "ResourceNotFound", "The object was not found."));
		}
		return found;
	}

	private static JsonBytes context(GraphRequest request, String suffix) {
		return new JsonBytes().object().field("@odata.context", request.base() + "/$metadata#subscriptions" + suffix);
	}

	private static JsonBytes write(JsonBytes json, Subscription subscription) {
		return json.field("id", subscription.id())
			.field("resource", subscription.resource())
			.field("applicationId", subscription.appId())
			.field("changeType", subscription.changeType())
			.field("clientState", subscription.clientState())
			.field("notificationUrl", subscription.notificationUrl())
			.field("notificationQueryOptions", null)
			.field("lifecycleNotificationUrl", subscription.lifecycleUrl())
			.field("expirationDateTime", subscription.expiration().toString())
			.field("creatorId", subscription.appId())
			.field("includeResourceData", null)
			.field("latestSupportedTlsVersion", subscription.latestTls())
			.field("encryptionCertificate", null)
			.field("encryptionCertificateId", null)
			.field("notificationUrlAppId", null)
			.endObject();
	}

	private static String required(JsonNode body, String name) {
		String value = body.path(name).asString("");
		if (value.isEmpty()) {
			throw invalid("Property '%s' is required.".formatted(name));
		}
		return value;
	}

	private static GraphRefused invalid(String message) {
		return new GraphRefused(GraphResponse.error(400, "InvalidRequest", message));
	}

}
