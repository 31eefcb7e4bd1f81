package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;

/**
 * What others are to be decided for, in queues: the codes of containers that changed, and
 * objects whose state is to be published once more, with the time from which on.
 */
public interface ToDecide {

	/** Containers whose members are decided soon. */
	String CONTAINERS = "containers";

	String RESTATES = "restates";

	/** Containers whose members a run is to decide. */
	static String containersOf(RunId run) {
		return CONTAINERS + "-" + run;
	}

	static String restate(ObjectId object, Instant at) {
		return "%013d:%s".formatted(at.toEpochMilli(), object);
	}

	static Instant dueAt(String restate) {
		return Instant.ofEpochMilli(Long.parseLong(restate.substring(0, restate.indexOf(':'))));
	}

	static ObjectId objectOf(String restate) {
		return new ObjectId(restate.substring(restate.indexOf(':') + 1));
	}

	/** Adds some; what is there already stays. */
	void add(ConnectionId connection, String queue, Collection<String> items);

	/** The first, in the order of their text. */
	List<String> next(ConnectionId connection, String queue, int limit);

	void forget(ConnectionId connection, String queue, Collection<String> items);

}
