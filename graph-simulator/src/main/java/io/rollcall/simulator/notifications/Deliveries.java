package io.rollcall.simulator.notifications;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.simulator.tenant.ChangeListener;
import io.rollcall.simulator.tenant.ObjectRef;
import io.rollcall.simulator.tenant.Tenant;

/** Tells subscribers what happened in the tenants. */
public final class Deliveries implements ChangeListener, AutoCloseable {

	private final Subscriptions subscriptions;

	private final HttpClient client;

	private final InstantSource clock;

	private final DeliverySettings defaults;

	private final Map<String, DeliverySettings> settings = new ConcurrentHashMap<>();

	private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

	private final ScheduledExecutorService timer = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("notifications").factory());

	/** By host: one that is slow at one address is slow at all of them. */
	private final Map<String, HostJudgement> judgements = new ConcurrentHashMap<>();

	private final Map<String, Random> randoms = new ConcurrentHashMap<>();

	private final AtomicInteger fraction = new AtomicInteger();

	private final DeliveryCounts counts = new DeliveryCounts();

	public Deliveries(Subscriptions subscriptions, HttpClient client, InstantSource clock, DeliverySettings defaults) {
		this.subscriptions = subscriptions;
		this.client = client;
		this.clock = clock;
		this.defaults = defaults;
	}

	/** How a tenant's notifications travel from now on. */
	public void settings(String tenant, DeliverySettings changed) {
		this.settings.put(tenant, changed);
		this.randoms.put(tenant, new Random(changed.seed()));
	}

	public DeliverySettings settings(String tenant) {
		return this.settings.getOrDefault(tenant, this.defaults);
	}

	public DeliveryCounts counts() {
		return this.counts;
	}

	@Override
	public void changed(Tenant tenant, ObjectRef object, boolean purged, long millis) {
		String change = purged ? "deleted" : "updated";
		var interested = this.subscriptions.wanting(tenant.id(), object, change);
		if (interested.isEmpty()) {
			return;
		}
		String id = tenant.read((directory) -> directory.ids().id(object));
		long ticks = Notification.ticks(millis, this.fraction.getAndIncrement() & 0xfff);
		for (Subscription subscription : interested) {
			send(new Notification(subscription, id, change, ticks, clientState(tenant, subscription), millis));
		}
	}

	/**
	 * Asks the subscriber to authorize the subscription again; the only lifecycle event
	 * that users and groups have.
	 */
	public void requireReauthorization(Subscription subscription) {
		long now = this.clock.millis();
		send(new Notification(subscription, null, "reauthorizationRequired", Notification.ticks(now, 0),
				subscription.clientState(), now));
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.endpoints.values().forEach(Endpoint::close);
	}

	private void send(Notification notification) {
		String tenant = notification.subscription().tenant();
		DeliverySettings how = settings(tenant);
		if (happens(tenant, how.lost())) {
			this.counts.dropped(1);
			return;
		}
		Endpoint endpoint = this.endpoints.computeIfAbsent(notification.url(),
				(url) -> new Endpoint(url, this.client, this.timer, this.clock, this.counts, judgement(url)));
		endpoint.offer(notification, how);
		if (happens(tenant, how.duplicates())) {
			endpoint.offer(notification, how);
		}
	}

	private @org.jspecify.annotations.Nullable String clientState(Tenant tenant, Subscription subscription) {
		return happens(tenant.id(), settings(tenant.id()).wrongClientState()) ? "forged" : subscription.clientState();
	}

	private HostJudgement judgement(String url) {
		return this.judgements.computeIfAbsent(URI.create(url).getAuthority(), (host) -> new HostJudgement());
	}

	private boolean happens(String tenant, double chance) {
		return chance > 0
				&& this.randoms.computeIfAbsent(tenant, (id) -> new Random(settings(id).seed())).nextDouble() < chance;
	}

}
