package io.rollcall.reconciler.flow.act;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Observation.IgnoreRequested;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.HeldSets;
import io.rollcall.reconciler.flow.coordinate.HeldSets.HeldSet;
import io.rollcall.reconciler.flow.coordinate.Publications;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/** People's acts on rules, held sets and directory users. */
public final class Acts {

	private static final String SOURCE = "/rollcall/reconciler";

	private final Connections connections;

	private final HeldSets heldSets;

	private final Views views;

	private final Publications publications;

	private final InstantSource clock;

	public Acts(Connections connections, HeldSets heldSets, Views views, Publications publications,
			InstantSource clock) {
		this.connections = connections;
		this.heldSets = heldSets;
		this.views = views;
		this.publications = publications;
		this.clock = clock;
	}

	/**
	 * Publishes rules, unless they would go over what somebody else published. They hold
	 * when the connection's coordinator says so; whoever gets an error publishes once
	 * more.
	 * @param madeFrom the version that they were made from; null for whichever is there
	 */
	public Publication publish(ConnectionId connection, @Nullable Integer madeFrom, Rules wanted, String by) {
		Connection known = this.connections.find(connection);
		if (known == null) {
			return new Publication.Unknown();
		}
		int current = known.rules().version();
		if (madeFrom != null && madeFrom != current) {
			return new Publication.Outdated(current);
		}
		int version = current + 1;
		Rules next = new Rules(version, wanted.scope(), wanted.mapping(), wanted.chosenGroups(), wanted.guard());
		boolean added = this.connections.add(connection, next, by, this.clock.instant());
		// Whoever was before us may not have got to tell of it.
		Connections.Published published = Objects.requireNonNull(this.connections.published(connection, version));
		tell(Topics.PROGRESS, connection + ":rules:" + version,
				new Progress.RulesChanged(known.organization(), connection, version, published.by(), published.at()));
		if (!added) {
			return new Publication.Outdated(version);
		}
		Boolean holds = Effects.await(() -> isNewer(connection, current) ? true : null);
		return (holds != null) ? new Publication.Done(next) : new Publication.Asked(next);
	}

	private boolean isNewer(ConnectionId connection, int version) {
		Connection found = this.connections.find(connection);
		return found != null && found.rules().version() > version;
	}

	/**
	 * Approves or rejects a held set, or a part of it.
	 * @param only the accounts and teams of it that are approved; null for all
	 */
	public Judgement judge(ConnectionId connection, String hash, boolean approved, @Nullable List<String> only,
			String by) {
		HeldSet set = this.heldSets.find(connection, hash);
		if (set == null) {
			return new Judgement.Unknown();
		}
		if (set.status() != HeldSet.Status.OPEN) {
			return new Judgement.Closed(set);
		}
		Connection known = this.connections.find(connection);
		if (known == null || known.status() != ConnectionStatus.ACTIVE) {
			return new Judgement.NotActive();
		}
		Instant now = this.clock.instant();
		tell(Topics.PROGRESS, UUID.randomUUID().toString(),
				new Progress.HeldSetJudged(set.organization(), connection, hash, approved, only, by, now));
		HeldSet after = Effects.await(() -> judged(connection, hash));
		if (after == null) {
			return new Judgement.Asked(set);
		}
		boolean ours = (after.status() == HeldSet.Status.APPROVED) == approved && by.equals(after.by());
		return ours ? new Judgement.Done(after) : new Judgement.Closed(after);
	}

	private @Nullable HeldSet judged(ConnectionId connection, String hash) {
		HeldSet set = this.heldSets.find(connection, hash);
		return (set != null && set.status() != HeldSet.Status.OPEN) ? set : null;
	}

	/**
	 * Asks never to sync a directory user, or to sync it again.
	 * @return what is stored then; null when that takes long
	 */
	public @Nullable Facts ignore(Facts user, boolean ignored, String by) {
		ObjectKey key = user.key();
		tell(Topics.OBSERVATIONS, UUID.randomUUID().toString(), new IgnoreRequested(user.organization(),
				key.connection(), key.object(), ignored, by, this.clock.instant()));
		return Effects.await(() -> {
			Facts found = this.views.facts(key);
			return (found != null && found.ignored() == ignored) ? found : null;
		});
	}

	/** What is known of a directory user; null when nothing was ever read. */
	public @Nullable Facts find(ConnectionId connection, ObjectId object) {
		return this.views.facts(new ObjectKey(connection, object));
	}

	private void tell(String topic, String id, Event event) {
		this.publications.events(topic, List.of(Envelope.of(id, SOURCE, this.clock.instant(), event)));
	}

	/** What came of publishing rules. */
	public sealed interface Publication {

		/** They hold, and everybody is decided again. */
		record Done(Rules rules) implements Publication {
		}

		/** They are on their way. */
		record Asked(Rules rules) implements Publication {
		}

		/** Somebody else published this version meanwhile. */
		record Outdated(int version) implements Publication {
		}

		/** Nothing was told of the connection yet. */
		record Unknown() implements Publication {
		}

	}

	/** What came of judging a held set. */
	public sealed interface Judgement {

		/** It is stored. */
		record Done(HeldSet set) implements Judgement {
		}

		/** It is on its way. */
		record Asked(HeldSet set) implements Judgement {
		}

		/** The set was judged before. */
		record Closed(HeldSet set) implements Judgement {
		}

		/** Nothing is released while the connection is not active. */
		record NotActive() implements Judgement {
		}

		record Unknown() implements Judgement {
		}

	}

}
