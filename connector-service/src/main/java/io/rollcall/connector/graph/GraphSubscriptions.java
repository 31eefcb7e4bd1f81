package io.rollcall.connector.graph;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;

import com.microsoft.graph.models.SubscriptionCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.subscription.Subscriptions;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subscriptions, through the SDK. */
final class GraphSubscriptions implements Subscriptions {

	private static final Logger log = LoggerFactory.getLogger(GraphSubscriptions.class);

	private final GraphClients clients;

	private final Failures failures;

	private final String publicUrl;

	GraphSubscriptions(GraphClients clients, Failures failures, String publicUrl) {
		this.clients = clients;
		this.failures = failures;
		this.publicUrl = publicUrl;
	}

	@Override
	public Answer<Subscription> create(Connection connection, Resource resource, Secret clientState,
			Instant expiresAt) {
		return asking(() -> {
			GraphServiceClient graph = this.clients.sdk(connection);
			try {
				return subscription(graph.subscriptions().post(wanted(connection, resource, clientState, expiresAt)));
			}
			catch (RuntimeException ex) {
				if (this.failures.of(ex) instanceof Failure.Conflict && deleteOurs(graph, connection, resource)) {
					return subscription(
							graph.subscriptions().post(wanted(connection, resource, clientState, expiresAt)));
				}
				throw ex;
			}
		});
	}

	@Override
	public Answer<Subscription> renew(Connection connection, String id, Instant expiresAt) {
		return asking(() -> {
			var renewal = new com.microsoft.graph.models.Subscription();
			renewal.setExpirationDateTime(expiresAt.atOffset(ZoneOffset.UTC));
			renewal.setNotificationUrl(notificationUrl(connection));
			return subscription(this.clients.sdk(connection).subscriptions().bySubscriptionId(id).patch(renewal));
		});
	}

	@Override
	public Answer<Subscription> find(Connection connection, String id) {
		return asking(() -> subscription(this.clients.sdk(connection).subscriptions().bySubscriptionId(id).get()));
	}

	@Override
	public Answer<Boolean> delete(Connection connection, String id) {
		Answer<Boolean> answer = asking(() -> {
			this.clients.sdk(connection).subscriptions().bySubscriptionId(id).delete();
			return true;
		});
		return (answer instanceof Answer.Failed<Boolean>(Failure.NotFound _)) ? new Answer.Got<>(false) : answer;
	}

	/**
	 * Graph has one for this resource already. If it calls our own webhook for this
	 * source, it is a leftover whose id we lost; if not, it belongs to another
	 * installation with the same application, which must not be silenced.
	 */
	private boolean deleteOurs(GraphServiceClient graph, Connection connection, Resource resource) {
		SubscriptionCollectionResponse page = graph.subscriptions().get();
		boolean deleted = false;
		while (page != null) {
			for (var there : (page.getValue() != null) ? page.getValue()
					: List.<com.microsoft.graph.models.Subscription>of()) {
				if (path(resource).equals(there.getResource())
						&& notificationUrl(connection).equals(there.getNotificationUrl()) && there.getId() != null) {
					graph.subscriptions().bySubscriptionId(there.getId()).delete();
					log.info("Deleted the leftover subscription {} on {}", there.getId(), there.getResource());
					deleted = true;
				}
			}
			String next = page.getOdataNextLink();
			if (next != null) {
				this.clients.checkHost(next);
			}
			page = (next != null) ? graph.subscriptions().withUrl(next).get() : null;
		}
		return deleted;
	}

	private com.microsoft.graph.models.Subscription wanted(Connection connection, Resource resource, Secret clientState,
			Instant expiresAt) {
		var wanted = new com.microsoft.graph.models.Subscription();
		// "updated" covers created and soft-deleted, "deleted" is permanent.
		wanted.setChangeType("updated,deleted");
		wanted.setResource(path(resource));
		wanted.setNotificationUrl(notificationUrl(connection));
		wanted.setLifecycleNotificationUrl(this.publicUrl + "/graph/lifecycle?source=" + encoded(connection));
		wanted.setExpirationDateTime(expiresAt.atOffset(ZoneOffset.UTC));
		wanted.setClientState(clientState.value());
		return wanted;
	}

	/** Graph keeps the query: it tells sources apart. */
	private String notificationUrl(Connection connection) {
		return this.publicUrl + "/graph/notifications?source=" + encoded(connection);
	}

	private static String path(Resource resource) {
		return switch (resource) {
			case USERS -> "/users";
			case GROUPS -> "/groups";
			case UNITS -> throw new IllegalArgumentException("Graph has no notifications for administrative units");
		};
	}

	private static Subscription subscription(com.microsoft.graph.models.@Nullable Subscription answer) {
		String id = (answer != null) ? answer.getId() : null;
		OffsetDateTime expires = (answer != null) ? answer.getExpirationDateTime() : null;
		if (id == null || expires == null) {
			throw new PageParser.Unreadable(new IllegalArgumentException("a subscription has no id or no end"));
		}
		return new Subscription(id, expires.toInstant());
	}

	private <T> Answer<T> asking(Callable<T> call) {
		return this.failures.translated(() -> this.clients.inTurn(() -> {
			try {
				return new Answer.Got<>(call.call());
			}
			catch (RuntimeException | IOException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}));
	}

	private static String encoded(Connection connection) {
		return URLEncoder.encode(connection.source().value(), StandardCharsets.UTF_8);
	}

}
