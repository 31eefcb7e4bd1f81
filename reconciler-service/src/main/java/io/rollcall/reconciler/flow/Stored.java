package io.rollcall.reconciler.flow;

import java.util.List;

/** An account or a team together with the changes that are pending in its document. */
public record Stored<T>(T document, List<Pending> pending) {

	public Stored {
		pending = List.copyOf(pending);
	}

}
