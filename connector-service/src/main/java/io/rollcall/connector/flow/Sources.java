package io.rollcall.connector.flow;

import java.time.Instant;
import java.util.Map;

import io.rollcall.connector.rules.Resource;
import io.rollcall.model.SourceId;
import org.jspecify.annotations.Nullable;

/** What connections of one source share: a secret and the subscriptions. */
public interface Sources {

	@Nullable Source find(SourceId id);

	/** The source; where it is new, with this secret. */
	Source ensure(SourceId id, Secret secret);

	/** Stores a resource's subscription, or that there is none. */
	Source save(SourceId id, Resource resource, @Nullable Subscribed subscription);

	/** Graph wants a subscription to be authorized again. */
	void reauthorizationWanted(SourceId id, String subscription);

	/** Whether people were told that changes are not notified. */
	Source told(SourceId id, boolean told);

	/**
	 * A source.
	 *
	 * @param secret what Graph must repeat, besides the source's id
	 * @param told whether people were told that changes are not notified
	 */
	record Source(SourceId id, Secret secret, Map<Resource, Subscribed> subscriptions, boolean told) {

		public Source {
			subscriptions = Map.copyOf(subscriptions);
		}

		/** What Graph is given and must repeat: {@code source.secret}. */
		public Secret clientState() {
			return new Secret(this.id + "." + this.secret.value());
		}

	}

	/**
	 * A subscription that Graph has.
	 *
	 * @param reauthorize whether Graph asked for it to be authorized again
	 */
	record Subscribed(String id, Instant expiresAt, Instant renewedAt, Instant checkedAt, boolean reauthorize) {
	}

}
