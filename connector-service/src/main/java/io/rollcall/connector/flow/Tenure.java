package io.rollcall.connector.flow;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.FailureCounts;
import io.rollcall.connector.rules.Lane;
import io.rollcall.connector.rules.Patience;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.RunInHand;
import io.rollcall.connector.rules.Step;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * What one owner of one connection knows while it owns it. Touched by its own loop only,
 * one step after the other.
 */
final class Tenure {

	private final Connection connection;

	private final Map<Lane, Fetched> ahead = new EnumMap<>(Lane.class);

	private final Map<Lane, PageInHand> inHand = new EnumMap<>(Lane.class);

	private final Map<Lane, FailureCounts> failures = new EnumMap<>(Lane.class);

	private final Map<SyncState.Person, Integer> people = new HashMap<>();

	private final Map<Resource, Integer> subscriptionFailures = new EnumMap<>(Resource.class);

	private final Set<Lane> waiting = EnumSet.noneOf(Lane.class);

	private SyncState state;

	private Patience patience = Patience.NONE;

	private @Nullable Lane lastTurn;

	private long counter;

	private boolean over;

	private Instant progressToldAt = Instant.MIN;

	Tenure(Connection connection, SyncState state) {
		this.connection = connection;
		this.state = state;
	}

	Connection connection() {
		return this.connection;
	}

	ConnectionId id() {
		return this.connection.id();
	}

	SyncState state() {
		return this.state;
	}

	void state(SyncState newState) {
		if (newState.epoch() != this.state.epoch()) {
			this.counter = 0;
		}
		this.state = newState;
	}

	Patience patience() {
		return this.patience;
	}

	void patience(Patience newPatience) {
		this.patience = newPatience;
	}

	@Nullable Lane lastTurn() {
		return this.lastTurn;
	}

	void takesTurn(Step step) {
		this.lastTurn = step.turn(this.lastTurn);
	}

	/** The next value of the epoch's counter. */
	long count() {
		return this.counter++;
	}

	/** Whether the counter lasts for a request beside the one in hand. */
	boolean canCountOn() {
		return this.counter < Sequences.COUNTERS;
	}

	/** A page that was read while the one before it was published, if it is this one. */
	@Nullable Fetched takeAhead(Lane lane, @Nullable String link) {
		Fetched fetched = this.ahead.remove(lane);
		return (fetched != null && fetched.link().equals(link)) ? fetched : null;
	}

	void ahead(Lane lane, Fetched fetched) {
		this.ahead.put(lane, fetched);
	}

	/** A page of which the first slices are published, if the run goes on with it. */
	@Nullable PageInHand takeInHand(Lane lane, RunInHand run, String link) {
		PageInHand page = this.inHand.remove(lane);
		return (page != null && page.is(run, link)) ? page : null;
	}

	void inHand(Lane lane, PageInHand page) {
		this.inHand.put(lane, page);
	}

	/** How many failures of its kind have come in this lane one after the other. */
	int failed(Lane lane, Failure failure) {
		this.ahead.remove(lane);
		FailureCounts counts = this.failures.getOrDefault(lane, FailureCounts.NONE).plus(failure);
		this.failures.put(lane, counts);
		return counts.of(failure);
	}

	/** A page was read. */
	void succeeded(Lane lane) {
		this.failures.computeIfPresent(lane, (_, counts) -> counts.afterPage());
	}

	/** A run has ended well. */
	void finished(Lane lane) {
		this.failures.remove(lane);
	}

	int failed(SyncState.Person person) {
		return this.people.merge(person, 1, Integer::sum);
	}

	/** Nothing is tried for this user any more. */
	void done(SyncState.Person person) {
		this.people.remove(person);
		this.patience = this.patience.without(person);
	}

	int subscriptionFailed(Resource resource) {
		return this.subscriptionFailures.merge(resource, 1, Integer::sum);
	}

	/** How many failures came before. */
	int subscriptionSucceeded(Resource resource) {
		Integer before = this.subscriptionFailures.remove(resource);
		return (before != null) ? before : 0;
	}

	/** The most failures in a row that the subscription on a resource has now. */
	int subscriptionFailures() {
		return this.subscriptionFailures.values().stream().mapToInt(Integer::intValue).max().orElse(0);
	}

	/** Whether a lane waits for the reconciler; true when that has changed. */
	boolean waits(Lane lane, boolean now) {
		return now ? this.waiting.add(lane) : this.waiting.remove(lane);
	}

	boolean tellsProgress(Instant now, Instant notBefore) {
		if (this.progressToldAt.isAfter(notBefore)) {
			return false;
		}
		this.progressToldAt = now;
		return true;
	}

	boolean isOver() {
		return this.over;
	}

	/** Nothing more is done until a person acts. */
	void end() {
		this.over = true;
	}

}
