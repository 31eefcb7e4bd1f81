package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RunTrigger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores what hints ask for and wakes the loops. A batch's offsets are committed when
 * this has ended.
 */
public final class HintHandler {

	private final SyncStates states;

	private final Ownership ownership;

	private final Duration personAgain;

	HintHandler(SyncStates states, Ownership ownership, Duration personAgain) {
		this.states = states;
		this.ownership = ownership;
		this.personAgain = personAgain;
	}

	/** Hints of one poll, in order. */
	public Mono<Void> handle(List<? extends Hint> hints) {
		Map<ConnectionId, Dirty> dirty = new LinkedHashMap<>();
		for (Hint hint : hints) {
			if (hint instanceof Hint.ChangeHinted change) {
				dirty.merge(change.connection(),
						new Dirty(EnumSet.copyOf(Resource.dirtiedBy(change.kind())), change.at()), Dirty::and);
			}
		}
		return Flux.fromIterable(dirty.entrySet())
			.flatMap((entry) -> this.states.hinted(entry.getKey(), entry.getValue().resources(), entry.getValue().at()))
			.thenMany(Flux.fromIterable(hints).concatMap(this::store))
			.then(Mono
				.fromRunnable(() -> hints.stream().map(Hint::connection).distinct().forEach(this.ownership::ring)));
	}

	private Mono<Void> store(Hint hint) {
		return switch (hint) {
			case Hint.ChangeHinted _ -> Mono.empty();
			case Hint.ReauthorizationHinted lifecycle ->
				this.states.reauthorizationWanted(lifecycle.connection(), lifecycle.subscription());
			case Hint.PersonSyncRequested person -> this.states.personWanted(person.connection(),
					List.of(new SyncState.Person(person.object(), person.by(), person.at()),
							new SyncState.Person(person.object(), person.by(), person.at().plus(this.personAgain))));
			case Hint.RunRequested run -> this.states.requested(run.connection(),
					new SyncState.Requested(run.mode(), RunTrigger.MANUAL, run.by()));
			case Hint.ResyncRequested resync -> this.states.resyncWanted(resync.connection(), resync.at());
			case Hint.ConnectionTouched touched -> this.ownership.touched(touched.connection());
		};
	}

	/** The chains that a batch makes dirty, and when the last of its hints came. */
	private record Dirty(Set<Resource> resources, Instant at) {

		Dirty and(Dirty other) {
			Set<Resource> both = EnumSet.copyOf(this.resources);
			both.addAll(other.resources);
			return new Dirty(both, this.at.isAfter(other.at) ? this.at : other.at);
		}

	}

}
