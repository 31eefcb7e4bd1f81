package io.rollcall.connector.flow.read;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

	private final Set<ConnectionId> reading = new LinkedHashSet<>();

	private final Map<ConnectionId, Runnable> waiting = new LinkedHashMap<>();

	private final Map<ConnectionId, Integer> held = new LinkedHashMap<>();

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
		if (first && this.reading.size() < this.places && hasRoom(connection, edges)) {
			this.waiting.remove(connection);
			this.reading.add(connection);
			this.held.merge(connection, edges, Math::max);
			return true;
		}
		return false;
	}

	/** Gives the place back, the one in the queue too, but not what is held. */
	public synchronized void leave(ConnectionId connection) {
		boolean had = this.reading.remove(connection);
		had |= this.waiting.remove(connection) != null;
		if (had) {
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
		boolean had = this.reading.remove(connection);
		had |= this.held.remove(connection) != null;
		had |= this.waiting.remove(connection) != null;
		if (had) {
			wakeFirst();
		}
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
