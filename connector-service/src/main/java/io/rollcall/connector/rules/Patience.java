package io.rollcall.connector.rules;

import java.time.Instant;

/**
 * What has to wait, and until when.
 *
 * @param graph nothing is asked of Graph before
 * @param live no page of the live chains is read before
 * @param bulk no page of a bulk run is read before
 * @param subscriptions no subscription is touched before
 */
public record Patience(Instant graph, Instant live, Instant bulk, Instant subscriptions) {

	public static final Patience NONE = new Patience(Instant.MIN, Instant.MIN, Instant.MIN, Instant.MIN);

	public Instant lane(Lane lane) {
		return switch (lane) {
			case LIVE -> this.live;
			case BULK -> this.bulk;
		};
	}

	public Patience graphUntil(Instant until) {
		return new Patience(until, this.live, this.bulk, this.subscriptions);
	}

	public Patience laneUntil(Lane lane, Instant until) {
		return switch (lane) {
			case LIVE -> new Patience(this.graph, until, this.bulk, this.subscriptions);
			case BULK -> new Patience(this.graph, this.live, until, this.subscriptions);
		};
	}

	public Patience subscriptionsUntil(Instant until) {
		return new Patience(this.graph, this.live, this.bulk, until);
	}

}
