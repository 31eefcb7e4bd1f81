package io.rollcall.reconciler.flow.coordinate;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.progress.Progress.ConnectionChanged;
import io.rollcall.reconciler.flow.Connection;
import org.jspecify.annotations.Nullable;

/** What apply reads of a connection: its status stands beside its rules. */
public interface Connections {

	/** Stores the settings and status that the connector told. */
	void store(ConnectionChanged changed);

	/** Stores whether what the connection sends is passed over. */
	void passOver(ConnectionId connection, boolean passedOver);

	/** Null while the connector told nothing of it. */
	@Nullable Connection find(ConnectionId connection);

}
