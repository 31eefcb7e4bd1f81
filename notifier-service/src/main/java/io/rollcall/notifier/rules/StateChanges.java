package io.rollcall.notifier.rules;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RunEvent;

/**
 * What a batch of events does to the states of its connections: which ones begin, last
 * and end, and so which events are to be told. An event that a state has seen already
 * changes nothing, whoever brings it again.
 */
public final class StateChanges {

	private final Map<String, LastingState> states = new HashMap<>();

	private final Map<String, LastingState> changed = new LinkedHashMap<>();

	public StateChanges(Collection<LastingState> known) {
		known.forEach((state) -> this.states.put(state.id(), state));
	}

	/** What is to be stored when all has been told. */
	public Collection<LastingState> changed() {
		return this.changed.values();
	}

	/**
	 * @param id the event's {@code ce_id}
	 * @return whether it is to be told
	 */
	public boolean apply(String id, long offset, RunEvent event, Instant now) {
		String connection = connection(event);
		return switch (event) {
			case RunEvent.RunStarted _, RunEvent.RunProgressed _, RunEvent.ConnectionSaved _ -> false;
			case RunEvent.RunEnded _, RunEvent.RecordsLost _ -> true;
			case RunEvent.ConnectionFailing _ -> begins(connection + "FAILING", id, event, offset, now);
			case RunEvent.ConnectionRecovered _ -> ends(connection + "FAILING", event, offset);
			case RunEvent.SetHeld held -> begins(connection + "HELD:" + held.hash(), id, event, offset, now);
			case RunEvent.HeldSetClosed closed -> ends(connection + "HELD:" + closed.hash(), event, offset);
			case RunEvent.ConnectionStopped stopped when stopped.status() == ConnectionStatus.PAUSED ->
				begins(connection + "PAUSED", id, event, offset, now);
			case RunEvent.ConnectionStopped _ -> {
				endAll(event, offset);
				yield true;
			}
			case RunEvent.ConnectionActivated _ -> {
				ends(connection + "PAUSED", event, offset);
				yield true;
			}
			case RunEvent.FreshnessLost _ -> begins(connection + "NOT_FRESH", id, event, offset, now);
			case RunEvent.FreshnessRestored _ -> ends(connection + "NOT_FRESH", event, offset);
			case RunEvent.ConnectionSetAside _ -> begins(connection + "SET_ASIDE", id, event, offset, now);
			case RunEvent.ConnectionTakenBack _ -> ends(connection + "SET_ASIDE", event, offset);
			case RunEvent.DeadLetterWaiting letter ->
				begins(connection + "DEAD_LETTERS:" + letter.service(), id, event, offset, now);
			case RunEvent.DeadLettersSettled settled ->
				ends(connection + "DEAD_LETTERS:" + settled.service(), event, offset);
		};
	}

	private boolean begins(String state, String id, RunEvent event, long offset, Instant now) {
		LastingState known = this.states.get(state);
		if (known != null && !known.isBefore(event, offset)) {
			return false;
		}
		if (known != null && known.open() && !isWorse(event, known.last())) {
			put(known.again(event, offset));
			return false;
		}
		put(LastingState.begin(state, id, event, offset, now, (known != null) ? known.revision() : 0));
		return true;
	}

	private boolean ends(String state, RunEvent event, long offset) {
		LastingState known = this.states.get(state);
		if (known == null || !known.open() || !known.isBefore(event, offset)) {
			return false;
		}
		put(known.end(event, offset));
		return true;
	}

	private void endAll(RunEvent event, long offset) {
		List.copyOf(this.states.keySet())
			.stream()
			.filter((state) -> state.startsWith(connection(event)))
			.forEach((state) -> ends(state, event, offset));
	}

	private static String connection(RunEvent event) {
		return event.organization() + ":" + event.connection() + ":";
	}

	/** What healed by itself needs a person now. */
	private static boolean isWorse(RunEvent event, RunEvent before) {
		return event instanceof RunEvent.ConnectionFailing now && before instanceof RunEvent.ConnectionFailing then
				&& now.problem().needsPerson() && !then.problem().needsPerson();
	}

	private void put(LastingState state) {
		this.states.put(state.id(), state);
		this.changed.put(state.id(), state);
	}

}
