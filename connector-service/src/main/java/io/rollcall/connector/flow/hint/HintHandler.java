package io.rollcall.connector.flow.hint;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.connection.Ownership;
import io.rollcall.connector.flow.WantedObjects.Wanted;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.SourceId;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RunTrigger;

/**
 * Stores what hints ask for and wakes those who do it. A batch's offsets are committed
 * when this has ended.
 */
public final class HintHandler {

	private final Ports ports;

	private final Ownership ownership;

	private final InstantSource clock;

	public HintHandler(Ports ports, Ownership ownership, InstantSource clock) {
		this.ports = ports;
		this.ownership = ownership;
		this.clock = clock;
	}

	/** Hints of one poll, in order. */
	public void handle(List<? extends Hint> hints) {
		Map<SourceId, Set<Resource>> dirty = new LinkedHashMap<>();
		hints.forEach((hint) -> {
			Set<Resource> chains = dirty.computeIfAbsent(hint.source(), (_) -> EnumSet.noneOf(Resource.class));
			if (hint instanceof Hint.ChangeHinted change) {
				chains.addAll(Resource.dirtiedBy(change.kind()));
			}
		});
		dirty.forEach((source, chains) -> {
			if (!chains.isEmpty()) {
				this.ports.states().hinted(source, chains, this.clock.instant());
			}
		});
		hints.forEach(this::store);
		dirty.keySet().forEach(this.ownership::wake);
	}

	/** Hints were deleted before they were read: whatever they said, all is asked. */
	public void lost() {
		this.ports.states().hintsLost();
	}

	private void store(Hint hint) {
		switch (hint) {
			case Hint.ChangeHinted _ -> {
			}
			case Hint.ReauthorizationHinted lifecycle ->
				this.ports.sources().reauthorizationWanted(lifecycle.source(), lifecycle.subscription());
			case Hint.ObjectWanted object -> this.ports.wanted()
				.want(Wanted.now(object.connection(), object.object(), object.kind(), object.why(), object.by(),
						this.clock.instant()));
			case Hint.RunRequested run -> this.ports.states()
				.requested(run.connection(), new SyncState.Requested(run.mode(), RunTrigger.MANUAL, run.by()));
			case Hint.ResyncRequested resync -> this.ports.states().resyncWanted(resync.connection(), resync.at());
			case Hint.ConnectionTouched touched -> this.ownership.touched(touched.connection());
		}
	}

}
