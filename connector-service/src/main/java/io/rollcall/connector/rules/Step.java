package io.rollcall.connector.rules;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * What a connection's owner does next. One step is at most one page, so that everything
 * else gets its turn between two pages.
 */
public sealed interface Step {

	/**
	 * Whose turn it was, once this step is done.
	 * @param before whose turn it was before; null for nobody's, or a subscription's
	 */
	default @Nullable Lane turn(@Nullable Lane before) {
		return switch (this) {
			case ReadPage page -> page.lane();
			case Subscribe _, Renew _, Check _ -> null;
			case StartRun _, FinishRun _, ReadPerson _, Rest _ -> before;
		};
	}

	/** Read one user by itself. */
	record ReadPerson(SyncState.Person person) implements Step {
	}

	/** Begin a run. */
	record StartRun(RunMode mode, RunTrigger trigger, @Nullable String by, List<Resource> resources) implements Step {

		public StartRun {
			resources = List.copyOf(resources);
		}

		public Lane lane() {
			return (this.mode == RunMode.FULL) ? Lane.BULK : Lane.LIVE;
		}

	}

	/** Read the next page of a run. */
	record ReadPage(Lane lane, RunInHand run) implements Step {
	}

	/** End a run that has read everything. */
	record FinishRun(Lane lane, RunInHand run) implements Step {
	}

	/** Ask Graph for change notifications. */
	record Subscribe(Resource resource) implements Step {
	}

	/** Renew a subscription, which also authorizes it again. */
	record Renew(Resource resource, SyncState.Subscribed subscription) implements Step {
	}

	/** See whether a subscription is still there. */
	record Check(Resource resource, SyncState.Subscribed subscription) implements Step {
	}

	/** Nothing to do before this. */
	record Rest(Instant until) implements Step {
	}

}
