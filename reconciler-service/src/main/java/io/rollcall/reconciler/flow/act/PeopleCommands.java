package io.rollcall.reconciler.flow.act;

import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import io.rollcall.model.directory.Observation.IgnoreRequested;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.run.RunEnvelopes;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import reactor.core.publisher.Mono;

/** What people ask for one directory user. */
public final class PeopleCommands {

	private final DirectoryObjects objects;

	private final Outbound outbound;

	private final InstantSource clock;

	public PeopleCommands(DirectoryObjects objects, Outbound outbound, InstantSource clock) {
		this.objects = objects;
		this.outbound = outbound;
		this.clock = clock;
	}

	/**
	 * Asks never to sync a user, or to sync it again; empty when nothing was ever
	 * observed of it.
	 */
	public Mono<Answer> ignore(ObjectKey key, boolean ignored, String by) {
		return find(key).flatMap((facts) -> {
			String command = UUID.randomUUID().toString();
			IgnoreRequested request = new IgnoreRequested(facts.organization(), key.connection(), key.object(), ignored,
					by, this.clock.instant(), command);
			Mono<Facts> effect = find(key).filter((found) -> found.commands().contains(command));
			return this.outbound.observations(List.of(RunEnvelopes.of(request, false)))
				.then(Effects.await(effect))
				.map((found) -> Answer.STORED)
				.defaultIfEmpty(Answer.ASKED);
		});
	}

	private Mono<Facts> find(ObjectKey key) {
		return this.objects.find(List.of(key)).mapNotNull((found) -> found.get(key));
	}

	/** What came of it. */
	public enum Answer {

		/** It is stored. */
		STORED,
		/** It is on its way. */
		ASKED

	}

}
