package io.rollcall.connector.rules;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What has to wait, and until when.
 *
 * @param graph nothing is asked of Graph before
 * @param live no page of the live chains is read before
 * @param bulk no page of a bulk run is read before
 * @param subscriptions the resources whose subscription is not touched before
 * @param people users that are not read by themselves before; the others need not wait
 */
public record Patience(Instant graph, Instant live, Instant bulk, Map<Resource, Instant> subscriptions,
		Map<SyncState.Person, Instant> people) {

	public static final Patience NONE = new Patience(Instant.MIN, Instant.MIN, Instant.MIN, Map.of(), Map.of());

	public Patience {
		subscriptions = Map.copyOf(subscriptions);
		people = Map.copyOf(people);
	}

	public Instant lane(Lane lane) {
		return switch (lane) {
			case LIVE -> this.live;
			case BULK -> this.bulk;
		};
	}

	public Instant subscription(Resource resource) {
		return this.subscriptions.getOrDefault(resource, Instant.MIN);
	}

	/** When a user is to be read: when it is due, and not before its patience ends. */
	public Instant due(SyncState.Person person) {
		Instant until = this.people.getOrDefault(person, Instant.MIN);
		return until.isAfter(person.due()) ? until : person.due();
	}

	public Patience graphUntil(Instant until) {
		return new Patience(until, this.live, this.bulk, this.subscriptions, this.people);
	}

	public Patience laneUntil(Lane lane, Instant until) {
		return switch (lane) {
			case LIVE -> new Patience(this.graph, until, this.bulk, this.subscriptions, this.people);
			case BULK -> new Patience(this.graph, this.live, until, this.subscriptions, this.people);
		};
	}

	public Patience subscriptionUntil(Resource resource, Instant until) {
		Map<Resource, Instant> waiting = new HashMap<>(this.subscriptions);
		waiting.put(resource, until);
		return new Patience(this.graph, this.live, this.bulk, waiting, this.people);
	}

	public Patience personUntil(SyncState.Person person, Instant until) {
		Map<SyncState.Person, Instant> waiting = new HashMap<>(this.people);
		waiting.put(person, until);
		return new Patience(this.graph, this.live, this.bulk, this.subscriptions, waiting);
	}

	/** Nothing is awaited of this user any more. */
	public Patience without(SyncState.Person person) {
		Map<SyncState.Person, Instant> waiting = new HashMap<>(this.people);
		waiting.remove(person);
		return new Patience(this.graph, this.live, this.bulk, this.subscriptions, waiting);
	}

}
