package io.rollcall.reconciler.flow.apply;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.ObjectKey;

/** The stored facts. Reads are from the primary. */
public interface DirectoryObjects {

	/** What is stored of some objects, and of some connections. */
	Found find(Collection<ObjectKey> objects, Collection<ConnectionId> connections);

	/**
	 * Stores facts, in one go: new ones, those that were not written since they were
	 * read, and, where only their stamps are newer, those of the stamps that are.
	 * @throws WrittenByOthers when one was; others may be stored
	 */
	void write(List<Write> facts);

	record Found(Map<ObjectKey, StoredFacts> objects, Map<ConnectionId, Connection> connections) {
	}

	/** The next revision, or only newer stamps. */
	record Write(StoredFacts facts, boolean stampsOnly) {
	}

}
