package io.rollcall.connector.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import com.microsoft.graph.models.SubscriptionCollectionResponse;
import com.microsoft.graph.subscriptions.SubscriptionsRequestBuilder;
import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.Subscriptions;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.util.StringUtils;

/** Subscriptions, through the SDK. */
final class GraphSubscriptions implements Subscriptions {

	private static final Logger log = LoggerFactory.getLogger(GraphSubscriptions.class);

	private final GraphHttp graph;

	private final String publicUrl;

	GraphSubscriptions(GraphHttp graph, @Value("${rollcall.public-url:}") String publicUrl) {
		this.graph = graph;
		this.publicUrl = StringUtils.trimTrailingCharacter(publicUrl, '/');
	}

	@Override
	public Answer<Subscription> create(Connection connection, Resource resource, Secret clientState,
			Instant expiresAt) {
		var wanted = new com.microsoft.graph.models.Subscription();
		// "updated" covers created and soft-deleted, "deleted" is permanent.
		wanted.setChangeType("updated,deleted");
		wanted.setResource(path(resource));
		wanted.setNotificationUrl(url("notifications", connection));
		wanted.setLifecycleNotificationUrl(url("lifecycle", connection));
		wanted.setExpirationDateTime(expiresAt.atOffset(ZoneOffset.UTC));
		wanted.setClientState(clientState.value());
		Answer<Subscription> answer = ask(connection, (all) -> all.post(wanted));
		return (answer instanceof Answer.Failed<Subscription>(Failure.Conflict _) && deleteOurs(connection, resource))
				? ask(connection, (all) -> all.post(wanted)) : answer;
	}

	@Override
	public Answer<Subscription> renew(Connection connection, String id, Instant expiresAt) {
		var renewal = new com.microsoft.graph.models.Subscription();
		renewal.setExpirationDateTime(expiresAt.atOffset(ZoneOffset.UTC));
		renewal.setNotificationUrl(url("notifications", connection));
		return ask(connection, (all) -> all.bySubscriptionId(id).patch(renewal));
	}

	@Override
	public Answer<Subscription> find(Connection connection, String id) {
		return ask(connection, (all) -> all.bySubscriptionId(id).get());
	}

	@Override
	public Answer<Boolean> delete(Connection connection, String id) {
		Answer<Boolean> answer = this.graph.bySdk(connection, (sdk) -> {
			sdk.subscriptions().bySubscriptionId(id).delete();
			return true;
		});
		return (answer instanceof Answer.Failed<Boolean>(Failure.NotFound _)) ? new Answer.Got<>(false) : answer;
	}

	/**
	 * Graph has one for this resource already. If it calls our own webhook for this
	 * source, it is a leftover whose id we lost; if not, it belongs to another
	 * installation with the same application, which must not be silenced.
	 */
	private boolean deleteOurs(Connection connection, Resource resource) {
		return this.graph.bySdk(connection, (sdk) -> {
			boolean deleted = false;
			SubscriptionCollectionResponse page = sdk.subscriptions().get();
			while (page != null) {
				for (var there : Objects.requireNonNullElse(page.getValue(),
						List.<com.microsoft.graph.models.Subscription>of())) {
					if (path(resource).equals(there.getResource())
							&& url("notifications", connection).equals(there.getNotificationUrl())
							&& there.getId() != null) {
						sdk.subscriptions().bySubscriptionId(there.getId()).delete();
						log.info("Deleted the leftover subscription {} on {}", there.getId(), path(resource));
						deleted = true;
					}
				}
				String next = page.getOdataNextLink();
				page = (next != null) ? sdk.subscriptions().withUrl(this.graph.ofGraph(next)).get() : null;
			}
			return deleted;
		}) instanceof Answer.Got<Boolean>(Boolean deleted) && deleted;
	}

	private Answer<Subscription> ask(Connection connection,
			Function<SubscriptionsRequestBuilder, com.microsoft.graph.models.@Nullable Subscription> asking) {
		return this.graph.bySdk(connection, (sdk) -> subscription(asking.apply(sdk.subscriptions())));
	}

	private static Subscription subscription(com.microsoft.graph.models.@Nullable Subscription answer) {
		String id = (answer != null) ? answer.getId() : null;
		OffsetDateTime expires = (answer != null) ? answer.getExpirationDateTime() : null;
		if (id == null || expires == null) {
			throw new PageParser.Unreadable(new IllegalArgumentException("a subscription has no id or no end"));
		}
		return new Subscription(id, expires.toInstant());
	}

	/** Graph keeps the query: it tells sources apart. */
	private String url(String what, Connection connection) {
		return this.publicUrl + "/graph/" + what + "?source="
				+ URLEncoder.encode(connection.source().value(), StandardCharsets.UTF_8);
	}

	private static String path(Resource resource) {
		return switch (resource) {
			case USERS -> "/users";
			case GROUPS -> "/groups";
			case UNITS -> throw new IllegalArgumentException("Graph has no notifications for administrative units");
		};
	}

}
