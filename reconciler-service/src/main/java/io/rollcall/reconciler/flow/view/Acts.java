package io.rollcall.reconciler.flow.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.IgnoreRequested;
import io.rollcall.model.directory.Observation.TeamShaped;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.apply.Outbound.Message;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.HeldSet;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * People's acts on rules, held sets and directory users. Nothing here writes what a
 * directory object's partition or a connection's coordinator owns: an act is published,
 * and answered when its effect is stored.
 */
public final class Acts {

	/** A person is kept waiting no longer for what a published record does. */
	private static final Duration LONGEST = Duration.ofSeconds(2);

	private static final Duration BETWEEN = Duration.ofMillis(50);

	private final Ports ports;

	private final Views views;

	public Acts(Ports ports, Views views) {
		this.ports = ports;
		this.views = views;
	}

	/**
	 * Publishes rules, unless they would go over what somebody else published. They hold
	 * when the connection's coordinator says so; whoever gets an error publishes once
	 * more.
	 * @param madeFrom the version that they were made from; null for whichever is there
	 * @param preview that showed what they do: who leaves there need not be asked about
	 * again; null where none was looked at
	 */
	public Publication publish(Connection connection, @Nullable Integer madeFrom, Rules wanted, String by,
			@Nullable String preview) {
		int current = connection.rules().version();
		if (madeFrom != null && madeFrom != current) {
			return new Publication.Outdated(current);
		}
		int version = current + 1;
		Rules next = wanted.as(version);
		Connections connections = this.ports.connections();
		boolean added = connections.add(connection.id(), next, by, now());
		// Whoever was before us may not have got to tell of it.
		Connections.Published published = Objects.requireNonNull(connections.published(connection.id(), version));
		tell(Topics.PROGRESS, connection.id() + ":rules:" + version,
				new Progress.RulesChanged(connection.organization(), connection.id(), version, published.by(),
						added ? preview : null, published.at()));
		if (!added) {
			return new Publication.Outdated(version);
		}
		return new Publication.Stored(next, await(() -> isNewer(connection.id(), current) ? true : null) != null);
	}

	private boolean isNewer(ConnectionId connection, int version) {
		Connection found = this.ports.connections().find(connection);
		return found != null && found.rules().version() > version;
	}

	/**
	 * Has everybody decided again by the rules that hold, in a run.
	 * @param preview that found what has drifted: it is repaired once
	 * @return false while the connection is not active
	 */
	public boolean repair(Connection connection, String preview, String by) {
		if (connection.status() != ConnectionStatus.ACTIVE) {
			return false;
		}
		tell(Topics.PROGRESS, connection.id() + ":repair:" + preview,
				new Progress.RepairRequested(connection.organization(), connection.id(), preview, by, now()));
		return true;
	}

	/**
	 * Approves or rejects a held set, or a part of it.
	 * @param only the accounts and teams of it that are approved; null for all
	 */
	public Judgement judge(HeldSet set, boolean approved, @Nullable List<String> only, String by) {
		if (set.status() != HeldSet.Status.OPEN) {
			return new Judgement.Closed(set);
		}
		Connection connection = this.ports.connections().find(set.connection());
		if (connection == null || connection.status() != ConnectionStatus.ACTIVE) {
			return new Judgement.NotActive();
		}
		tell(Topics.PROGRESS, UUID.randomUUID().toString(), new Progress.HeldSetJudged(set.organization(),
				set.connection(), set.hash(), approved, only, by, now()));
		HeldSet after = await(() -> {
			HeldSet found = this.ports.entries().find(set.connection(), set.hash());
			return (found != null && found.status() != HeldSet.Status.OPEN) ? found : null;
		});
		if (after == null) {
			return new Judgement.Told(set, false);
		}
		boolean ours = (after.status() == HeldSet.Status.APPROVED) == approved && by.equals(after.by());
		return ours ? new Judgement.Told(after, true) : new Judgement.Closed(after);
	}

	/**
	 * Asks never to sync a directory user, or to sync it again.
	 * @return what is stored then; null when that takes long
	 */
	public @Nullable Facts ignore(Facts user, boolean ignored, String by) {
		ObjectKey key = user.key();
		tell(Topics.OBSERVATIONS, UUID.randomUUID().toString(),
				new IgnoreRequested(user.organization(), key.connection(), key.object(), ignored, by, now()));
		return await(() -> {
			Facts found = this.views.facts(key);
			return (found != null && found.ignored() == ignored) ? found : null;
		});
	}

	/**
	 * Asks never to sync some directory users, or to sync them again.
	 * @return what came of each, in their order
	 */
	public List<Done> ignore(Connection connection, List<ObjectId> users, boolean ignored, String by) {
		Set<ObjectKey> keys = new LinkedHashSet<>();
		users.forEach((user) -> keys.add(new ObjectKey(connection.id(), user)));
		Set<ObjectKey> known = this.views.facts(keys).stream().map(Facts::key).collect(Collectors.toSet());
		List<Message> commands = known.stream()
			.map((key) -> Message.of(Topics.OBSERVATIONS, UUID.randomUUID().toString(), now(),
					new IgnoreRequested(connection.organization(), key.connection(), key.object(), ignored, by, now())))
			.toList();
		Set<ObjectKey> open = new HashSet<>(known);
		if (!commands.isEmpty()) {
			this.ports.outbound().publish(commands);
			await(() -> {
				this.views.facts(open)
					.stream()
					.filter((facts) -> facts.ignored() == ignored)
					.forEach((facts) -> open.remove(facts.key()));
				return open.isEmpty() ? true : null;
			});
		}
		return keys.stream()
			.map((key) -> !known.contains(key)
					? new Done(key.object().value(), Done.Outcome.REFUSED, "nothing was ever read of it")
					: new Done(key.object().value(), open.contains(key) ? Done.Outcome.ASKED : Done.Outcome.DONE, null))
			.toList();
	}

	/**
	 * Asks many things of the directory users of one organization at once.
	 * @return what came of each, in their order
	 */
	public List<Done> doAll(OrganizationId organization, List<Asked> all) {
		List<Message> commands = new ArrayList<>();
		Map<ObjectKey, Asked> open = new LinkedHashMap<>();
		all.forEach((asked) -> {
			if (asked.command() != null && asked.object() != null) {
				commands.add(Message.of(Topics.OBSERVATIONS, UUID.randomUUID().toString(), now(), asked.command()));
				open.put(asked.object(), asked);
			}
		});
		if (!commands.isEmpty()) {
			this.ports.outbound().publish(commands);
			await(() -> {
				this.views.accountsOf(organization, open.keySet()).stream().map(StoredAccount::account).filter((of) -> {
					Asked asked = open.get(of.key());
					return asked != null && asked.isDone().test(of);
				}).toList().forEach((done) -> open.remove(done.key()));
				return open.isEmpty() ? true : null;
			});
		}
		return all.stream()
			.map((asked) -> new Done(asked.id(),
					(asked.refused() != null) ? Done.Outcome.REFUSED
							: (open.get(asked.object()) == asked) ? Done.Outcome.ASKED : Done.Outcome.DONE,
					asked.refused()))
			.toList();
	}

	/**
	 * Asks for a team that a person makes, or for what it is to be.
	 * @return what is stored then; null when that takes long
	 */
	public @Nullable StoredTeam shape(OrganizationId organization, TeamId id, String name, boolean active, String by) {
		tell(Topics.OBSERVATIONS, UUID.randomUUID().toString(),
				new TeamShaped(organization, id, name, active, by, now()));
		return await(() -> {
			StoredTeam found = this.views.team(organization, id);
			boolean done = found != null
					&& (active ? found.team().isCalled(name) : found.team().status() == Status.ARCHIVED);
			return done ? found : null;
		});
	}

	private void tell(String topic, String id, Event event) {
		this.ports.outbound().publish(List.of(Message.of(topic, id, now(), event)));
	}

	private Instant now() {
		return this.ports.clock().instant();
	}

	/** Looks again and again until there is something; null when that takes too long. */
	private static <T> @Nullable T await(Supplier<@Nullable T> look) {
		long until = System.nanoTime() + LONGEST.toNanos();
		T found = look.get();
		while (found == null && System.nanoTime() < until) {
			try {
				Thread.sleep(BETWEEN);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return null;
			}
			found = look.get();
		}
		return found;
	}

	/**
	 * One of many things that a person asks for.
	 *
	 * @param id that the person gave
	 * @param command that is published; null where nothing is to be done
	 * @param isDone whether an account of the directory user is what was asked for
	 * @param refused why nothing is done, and what to do; null when it is done, or was
	 */
	public record Asked(String id, @Nullable ObjectKey object, @Nullable Observation command, Predicate<Account> isDone,
			@Nullable String refused) {

		/** What is not done. */
		public static Asked refused(String id, String why) {
			return new Asked(id, null, null, (account) -> false, why);
		}

		/** What was done before. */
		public static Asked done(String id) {
			return new Asked(id, null, null, (account) -> true, null);
		}

	}

	/**
	 * What came of one of many things.
	 *
	 * @param detail why not, and what to do
	 */
	public record Done(String id, Outcome outcome, @Nullable String detail) {

		/** What came of it. */
		public enum Outcome {

			/** It is stored. */
			DONE,
			/** It is published, and will be. */
			ASKED,
			/** Nothing was done. */
			REFUSED

		}

	}

	/** What came of publishing rules. */
	public sealed interface Publication {

		/**
		 * They are published.
		 *
		 * @param hold whether they hold by now, and everybody is decided again
		 */
		record Stored(Rules rules, boolean hold) implements Publication {
		}

		/** Somebody else published this version meanwhile. */
		record Outdated(int version) implements Publication {
		}

	}

	/** What came of judging a held set. */
	public sealed interface Judgement {

		/**
		 * It was said.
		 *
		 * @param stored whether it is stored by now
		 */
		record Told(HeldSet set, boolean stored) implements Judgement {
		}

		/** The set was judged before. */
		record Closed(HeldSet set) implements Judgement {
		}

		/** Nothing is released while the connection is not active. */
		record NotActive() implements Judgement {
		}

	}

}
