package io.rollcall.notifier.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.change.Change;
import io.rollcall.model.run.RunEvent;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.ChangeNews;
import io.rollcall.notifier.rules.LastingState;
import io.rollcall.notifier.rules.News;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.RunNews;
import io.rollcall.notifier.rules.StateChanges;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of events: files the alerts, publishes them, notes which mails are due.
 * All of it can be done again, and has to be until it ended well.
 */
public final class TellPeople {

	private static final Logger log = LoggerFactory.getLogger(TellPeople.class);

	/** How many alerts are filed with one write. */
	private static final int PIECE = 1_000;

	private static final int MOST_REMINDERS = 100;

	private static final Duration UNHEARD_EVERY = Duration.ofMinutes(1);

	private final Recipients recipients;

	private final Inboxes inboxes;

	private final Mails mails;

	private final AlertEvents events;

	private final LastingStates states;

	private final InstantSource clock;

	/** How much nobody heard of since that was last logged, by organization. */
	private final Map<String, Long> unheard = new TreeMap<>();

	private Instant unheardLogged = Instant.EPOCH;

	public TellPeople(Recipients recipients, Inboxes inboxes, Mails mails, AlertEvents events, LastingStates states,
			InstantSource clock) {
		this.recipients = recipients;
		this.inboxes = inboxes;
		this.mails = mails;
		this.events = events;
		this.states = states;
		this.clock = clock;
	}

	/**
	 * Tells of changes that no run's digest tells of.
	 * @throws NoWordsException when one can never be told; those before it are
	 */
	public void tellChanges(List<Received<Change>> changes) {
		tell(changes, (change) -> change.event().organization(),
				(change) -> ChangeNews.of(change.id(), change.event()));
	}

	/**
	 * Tells of the life of runs and connections.
	 * @throws NoWordsException when one can never be told; those before it are
	 */
	public void tellRuns(List<Received<RunEvent>> batch) {
		List<ConnectionId> connections = batch.stream().map((it) -> it.event().connection()).distinct().toList();
		StateChanges changes = new StateChanges(this.states.of(connections));
		Instant now = this.clock.instant();
		NoWordsException noWords = null;
		try {
			tell(batch, (it) -> it.event().organization(), (it) -> changes.apply(it.id(), it.offset(), it.event(), now)
					? RunNews.of(it.id(), it.event()) : null);
		}
		catch (NoWordsException ex) {
			noWords = ex;
		}
		// Last: a state that is stored has been told.
		if (!this.states.store(changes.changed())) {
			throw new IllegalStateException("The states of connections " + connections
					+ " were stored by somebody else meanwhile; the events are read again");
		}
		if (noWords != null) {
			throw noWords;
		}
	}

	/** Tells of what still lasts; to be called again and again. */
	public void remind() {
		Instant now = this.clock.instant();
		for (LastingState state : this.states.due(now, MOST_REMINDERS)) {
			try {
				tell(Stream.ofNullable(RunNews.reminder(state, now)).toList());
			}
			catch (NoWordsException ex) {
				log.error("Nobody can be reminded of state {}", state.id(), ex);
			}
			// Whoever was faster has told the same under the same id.
			this.states.store(List.of(state.reminded(now)));
		}
	}

	/**
	 * Tells those in charge of every organization that events were deleted before they
	 * had been told.
	 * @param what {@code ChangesLost} or {@code RunsLost}
	 * @param id of the loss, the same when it is told again
	 */
	public void tellLost(String what, String id) {
		Instant now = this.clock.instant();
		tell(this.recipients.organizations()
			.stream()
			.map((organization) -> RunNews.eventsLost(organization, what, id, now))
			.toList());
	}

	/** Tells news that no event brought. */
	void tell(List<News> news) {
		tell(news, News::organization, (one) -> one);
	}

	/**
	 * Files in bounded pieces.
	 * @param meaning null of what nobody is told
	 */
	private <T> void tell(List<T> batch, Function<T, OrganizationId> organization,
			Function<T, @Nullable News> meaning) {
		Map<OrganizationId, List<Recipient>> recipients = this.recipients
			.of(batch.stream().map(organization).distinct().toList());
		List<Alert> piece = new ArrayList<>();
		for (int i = 0; i < batch.size(); i++) {
			List<Alert> alerts;
			try {
				News news = meaning.apply(batch.get(i));
				alerts = (news != null) ? alerts(news, recipients.getOrDefault(news.organization(), List.of()))
						: List.of();
			}
			catch (RuntimeException ex) {
				// The rules are pure: what they cannot put into words now, they never
				// will.
				file(piece);
				throw new NoWordsException(i, ex);
			}
			for (Alert alert : alerts) {
				piece.add(alert);
				if (piece.size() == PIECE) {
					file(piece);
					piece = new ArrayList<>();
				}
			}
		}
		file(piece);
	}

	private List<Alert> alerts(News news, Collection<Recipient> recipients) {
		if (!news.concerns(recipients)) {
			logUnheard(news.organization());
		}
		return news.alerts(recipients);
	}

	private void file(List<Alert> alerts) {
		if (!alerts.isEmpty()) {
			List<FiledAlert> filed = this.inboxes.file(alerts);
			this.events.publish(filed.stream().filter((alert) -> alert.alert().inApp()).toList());
			this.mails.note(filed);
		}
	}

	/** Ids and counts only, and one line a minute at most. */
	private synchronized void logUnheard(OrganizationId organization) {
		this.unheard.merge(organization.value(), 1L, Long::sum);
		Instant now = this.clock.instant();
		if (!now.isBefore(this.unheardLogged.plus(UNHEARD_EVERY))) {
			log.warn("Nobody heard of events, by organization: {}. Add recipients who are concerned with "
					+ "PUT /api/organizations/{id}/recipients", this.unheard);
			this.unheard.clear();
			this.unheardLogged = now;
		}
	}

	/**
	 * An event of a batch.
	 *
	 * @param id its {@code ce_id}
	 * @param offset where it stands on its partition
	 */
	public record Received<E>(String id, E event, long offset) {
	}

	/** An event of a batch can never be told; those before it have been. */
	public static final class NoWordsException extends RuntimeException {

		private static final long serialVersionUID = 1;

		private final int index;

		NoWordsException(int index, RuntimeException cause) {
			super("it cannot be put into words: " + cause, cause);
			this.index = index;
		}

		/** Its place in the batch. */
		public int index() {
			return this.index;
		}

	}

}
