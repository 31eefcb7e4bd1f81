package io.rollcall.notifier.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

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
		Map<OrganizationId, List<Recipient>> known = recipientsOf(changes, Change::organization);
		Pieces pieces = new Pieces(known);
		for (int i = 0; i < changes.size(); i++) {
			Received<Change> change = changes.get(i);
			pieces.add(i, () -> ChangeNews.of(change.id(), change.event()));
		}
		pieces.end();
	}

	/**
	 * Tells of the life of runs and connections.
	 * @throws NoWordsException when one can never be told; those before it are
	 */
	public void tellRuns(List<Received<RunEvent>> batch) {
		Map<OrganizationId, List<Recipient>> known = recipientsOf(batch, RunEvent::organization);
		Set<ConnectionId> connections = new LinkedHashSet<>();
		batch.forEach((received) -> connections.add(received.event().connection()));
		StateChanges changes = new StateChanges(this.states.of(connections));
		Pieces pieces = new Pieces(known);
		NoWordsException noWords = null;
		for (int i = 0; i < batch.size() && noWords == null; i++) {
			Received<RunEvent> received = batch.get(i);
			if (changes.apply(received.id(), received.offset(), received.event(), this.clock.instant())) {
				try {
					pieces.add(i, () -> RunNews.of(received.id(), received.event()));
				}
				catch (NoWordsException ex) {
					noWords = ex;
				}
			}
		}
		pieces.end();
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
			News reminder = RunNews.reminder(state, now);
			try {
				tell((reminder != null) ? List.of(reminder) : List.of());
			}
			catch (NoWordsException ex) {
				log.error("Nobody can be reminded of state {} of organization {}", state.id(), state.organization(),
						ex);
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
		Pieces pieces = new Pieces(this.recipients.of(news.stream().map(News::organization).distinct().toList()));
		for (int i = 0; i < news.size(); i++) {
			News one = news.get(i);
			pieces.add(i, () -> one);
		}
		pieces.end();
	}

	private <E> Map<OrganizationId, List<Recipient>> recipientsOf(List<Received<E>> batch,
			Function<E, OrganizationId> organization) {
		Set<OrganizationId> organizations = new LinkedHashSet<>();
		batch.forEach((received) -> organizations.add(organization.apply(received.event())));
		return organizations.isEmpty() ? Map.of() : this.recipients.of(organizations);
	}

	private void file(List<Alert> alerts) {
		List<FiledAlert> filed = this.inboxes.file(alerts);
		this.events.publish(filed.stream().filter((alert) -> alert.alert().inApp()).toList());
		this.mails.note(filed);
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

	/** Alerts on their way, filed whenever a piece is full. */
	private final class Pieces {

		private final Map<OrganizationId, List<Recipient>> recipients;

		private List<Alert> piece = new ArrayList<>();

		Pieces(Map<OrganizationId, List<Recipient>> recipients) {
			this.recipients = recipients;
		}

		void add(int index, Supplier<@Nullable News> source) {
			Collection<Alert> alerts;
			try {
				alerts = alerts(source.get());
			}
			catch (RuntimeException ex) {
				// The rules are pure: what they cannot put into words now, they never
				// will.
				end();
				throw new NoWordsException(index, ex);
			}
			for (Alert alert : alerts) {
				this.piece.add(alert);
				if (this.piece.size() == PIECE) {
					end();
				}
			}
		}

		void end() {
			if (!this.piece.isEmpty()) {
				List<Alert> full = this.piece;
				this.piece = new ArrayList<>();
				file(full);
			}
		}

		private List<Alert> alerts(@Nullable News news) {
			if (news == null) {
				return List.of();
			}
			List<Recipient> all = this.recipients.getOrDefault(news.organization(), List.of());
			if (!news.concerns(all)) {
				logUnheard(news.organization());
			}
			return news.alerts(all);
		}

	}

}
