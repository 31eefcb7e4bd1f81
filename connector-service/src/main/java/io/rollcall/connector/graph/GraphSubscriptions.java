package io.rollcall.connector.graph;

import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.function.Function;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.Subscriptions;
import io.rollcall.connector.graph.Failures.Asked;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.util.StringUtils;

/** Subscriptions of Graph. */
final class GraphSubscriptions implements Subscriptions {

	private static final Logger log = LoggerFactory.getLogger(GraphSubscriptions.class);

	private static final ObjectReader TREES = JsonMapper.shared().readerFor(JsonNode.class);

	private final GraphHttp graph;

	private final String publicUrl;

	GraphSubscriptions(GraphHttp graph, @Value("${rollcall.public-url:}") String publicUrl) {
		this.graph = graph;
		this.publicUrl = StringUtils.trimTrailingCharacter(publicUrl, '/');
	}

	@Override
	public Answer<Subscription> create(Connection connection, Resource resource, Secret clientState,
			Instant expiresAt) {
		// "updated" covers created and soft-deleted, "deleted" is permanent.
		Map<String, String> wanted = Map.of("changeType", "updated,deleted", "resource", path(resource),
				"notificationUrl", url("notifications", connection), "lifecycleNotificationUrl",
				url("lifecycle", connection), "expirationDateTime", expiresAt.toString(), "clientState",
				clientState.value());
		Answer<Subscription> answer = ask(connection, "POST", "", wanted);
		return (answer instanceof Answer.Failed<Subscription>(Failure.Conflict _) && deleteOurs(connection, resource))
				? ask(connection, "POST", "", wanted) : answer;
	}

	@Override
	public Answer<Subscription> renew(Connection connection, String id, Instant expiresAt) {
		return ask(connection, "PATCH", "/" + id, Map.of("expirationDateTime", expiresAt.toString(), "notificationUrl",
				url("notifications", connection)));
	}

	@Override
	public Answer<Subscription> find(Connection connection, String id) {
		return ask(connection, "GET", "/" + id, null);
	}

	@Override
	public Answer<Boolean> delete(Connection connection, String id) {
		Answer<Boolean> answer = this.graph.ask(connection, "DELETE", subscriptions() + "/" + id, null, Asked.OTHER,
				(_) -> true);
		return (answer instanceof Answer.Failed<Boolean>(Failure.NotFound _)) ? new Answer.Got<>(false) : answer;
	}

	/**
	 * Graph has one for this resource already. If it calls our own webhook for this
	 * source, it is a leftover whose id we lost; if not, it belongs to another
	 * installation with the same application, which must not be silenced.
	 */
	private boolean deleteOurs(Connection connection, Resource resource) {
		boolean deleted = false;
		String link = subscriptions();
		while (link != null && this.graph.get(connection, link, Asked.OTHER, (json) -> PageParser.read(TREES, json,
				Function.<JsonNode>identity())) instanceof Answer.Got<JsonNode>(JsonNode page)) {
			for (JsonNode there : page.path("value")) {
				String id = there.path("id").asString("");
				if (path(resource).equals(there.path("resource").asString(""))
						&& url("notifications", connection).equals(there.path("notificationUrl").asString(""))
						&& delete(connection, id) instanceof Answer.Got<Boolean>) {
					log.info("Deleted the leftover subscription {} on {}", id, path(resource));
					deleted = true;
				}
			}
			link = page.path("@odata.nextLink").asStringOpt().orElse(null);
		}
		return deleted;
	}

	private Answer<Subscription> ask(Connection connection, String method, String id,
			@Nullable Map<String, String> content) {
		return this.graph.ask(connection, method, subscriptions() + id, content, Asked.OTHER,
				GraphSubscriptions::subscription);
	}

	private static Subscription subscription(InputStream json) {
		return PageParser.read(TREES, json, (JsonNode answer) -> new Subscription(answer.required("id").asString(),
				OffsetDateTime.parse(answer.required("expirationDateTime").asString()).toInstant()));
	}

	private String subscriptions() {
		return this.graph.endpoint() + "/subscriptions";
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
