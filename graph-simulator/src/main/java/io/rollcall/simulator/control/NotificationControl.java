package io.rollcall.simulator.control;

import java.time.Duration;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.notifications.DeliverySettings;
import io.rollcall.simulator.notifications.Subscription;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Looks at subscriptions, asks for reauthorization, and makes notifications travel badly.
 */
final class NotificationControl {

	private final World world;

	private final TenantControl tenants;

	NotificationControl(World world, TenantControl tenants) {
		this.world = world;
		this.tenants = tenants;
	}

	Mono<ServerResponse> list(ServerRequest request) {
		JsonBytes json = new JsonBytes().array();
		for (Subscription subscription : this.world.subscriptions().of(this.tenants.find(request).id())) {
			json.object()
				.field("id", subscription.id())
				.field("appId", subscription.appId())
				.field("resource", subscription.resource())
				.field("changeType", subscription.changeType())
				.field("notificationUrl", subscription.notificationUrl())
				.field("lifecycleNotificationUrl", subscription.lifecycleUrl())
				.field("expirationDateTime", subscription.expiration())
				.field("tooSoon", this.world.subscriptions().tooSoon(subscription.id()))
				.endObject();
		}
		return Replies.ok(json.endArray());
	}

	Mono<ServerResponse> requireReauthorization(ServerRequest request) {
		this.world.deliveries().requireReauthorization(find(request));
		return ServerResponse.accepted().build();
	}

	/** As if Graph had lost it, which for users and groups it does without a word. */
	Mono<ServerResponse> lose(ServerRequest request) {
		this.world.subscriptions().remove(find(request).id());
		return Replies.noContent();
	}

	Mono<ServerResponse> settings(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		DeliverySettings before = this.world.deliveries().settings(tenant.id());
		return Body.of(request).flatMap((body) -> {
			this.world.deliveries()
				.settings(tenant.id(), new DeliverySettings(millis(body, "latencyMillis", before.latency()),
						(int) body.number("batchSize", before.batchSize()),
						body.decimal("duplicates", before.duplicates()), body.decimal("lost", before.lost()),
						body.decimal("wrongClientState", before.wrongClientState()),
						body.flag("reordered", before.reordered()), body.number("seed", before.seed()),
						millis(body, "firstTimeoutMillis", before.firstTimeout()),
						millis(body, "retryTimeoutMillis", before.retryTimeout()),
						millis(body, "firstRetryMillis", before.firstRetry()),
						millis(body, "giveUpMillis", before.giveUp()), millis(body, "judgedMillis", before.judged())));
			return Replies.noContent();
		});
	}

	private Subscription find(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		Subscription found = this.world.subscriptions().find(request.pathVariable("subscription"));
		if (found == null || !found.tenant().equals(tenant.id())) {
			throw new NotThere("there is no subscription '%s'".formatted(request.pathVariable("subscription")));
		}
		return found;
	}

	private static Duration millis(Body body, String name, Duration otherwise) {
		return Duration.ofMillis(body.number(name, otherwise.toMillis()));
	}

}
