package io.rollcall.reconciler.flow.coordinate;

import java.util.Collection;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.progress.Progress.ContainersChanged.Container;
import org.jspecify.annotations.Nullable;

/**
 * Containers whose members are to be decided again: by a run, or soon where it is none.
 */
public interface ChangedContainers {

	/** Adds some; what is there already stays. */
	void add(ConnectionId connection, @Nullable RunId run, Collection<Container> containers);

	/** Those of a run, or of none, in a fixed order. */
	List<Container> next(ConnectionId connection, @Nullable RunId run, int limit);

	void forget(ConnectionId connection, @Nullable RunId run, Collection<Container> containers);

}
