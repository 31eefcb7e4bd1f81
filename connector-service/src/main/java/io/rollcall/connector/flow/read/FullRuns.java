package io.rollcall.connector.flow.read;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ConnectionId;

/**
 * The FULL runs of an instance: so many read at a time, and all of them together hold so
 * many edges. First come, first served.
 */
public final class FullRuns {

	private final int places;

	private final long mostEdges;

	private final Set<ConnectionId> reading = new HashSet<>();

	private final Map<ConnectionId, Runnable> waiting = new LinkedHashMap<>();

	private final Map<ConnectionId, Integer> held = new HashMap<>();

	public FullRuns(int places, long mostEdges) {
		this.places = places;
		this.mostEdges = mostEdges;
	}

	/**
	 * Takes a place.
	 * @param edges how many edges it holds, or is likely to hold
	 * @param wake called when it is worth asking again
	 * @return false when there is none
	 */
	public synchronized boolean enter(ConnectionId connection, int edges, Runnable wake) {
		if (this.reading.contains(connection)) {
			return true;
		}
		this.waiting.putIfAbsent(connection, wake);
		boolean first = this.waiting.keySet().iterator().next().equals(connection);
		if (!first || this.reading.size() == this.places || !hasRoom(connection, edges)) {
			return false;
		}
		this.waiting.remove(connection);
		this.held.merge(connection, edges, Math::max);
		return this.reading.add(connection);
	}

	/** Gives the place back, the one in the queue too, but not what is held. */
	public synchronized void leave(ConnectionId connection) {
		if (this.reading.remove(connection) | this.waiting.remove(connection) != null) {
			wakeFirst();
		}
	}

	/**
	 * It holds so many edges now.
	 * @return false when that is too much beside what others hold
	 */
	public synchronized boolean holds(ConnectionId connection, int edges) {
		this.held.put(connection, edges);
		return hasRoom(connection, edges);
	}

	/** The run has ended, or does not wait any more. */
	public synchronized void end(ConnectionId connection) {
		if (this.held.remove(connection) != null) {
			wakeFirst();
		}
		leave(connection);
	}

	private boolean hasRoom(ConnectionId connection, int edges) {
		long others = this.held.entrySet()
			.stream()
			.filter((each) -> !each.getKey().equals(connection))
			.mapToLong(Map.Entry::getValue)
			.sum();
		return others == 0 || others + edges <= this.mostEdges;
	}

	private void wakeFirst() {
		this.waiting.values().stream().findFirst().ifPresent(Runnable::run);
	}

}
