package io.rollcall.reconciler.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Group;
import io.rollcall.reconciler.rules.ObjectKey;
import reactor.core.publisher.Mono;

/** The stored facts of directory objects. Reads are from the primary. */
public interface DirectoryObjects {

	/** The facts of those objects that have any. */
	Mono<Map<ObjectKey, Facts>> find(Collection<ObjectKey> objects);

	/** What decisions about members need to know of those groups that were observed. */
	Mono<Map<ObjectKey, Group>> groups(Collection<ObjectKey> groups);

	/**
	 * Stores what differs from what was read: the object, and each edge by itself.
	 * @return fails with {@link Outrun} when somebody else wrote one of them meanwhile
	 */
	Mono<Void> write(List<FactsWrite> facts);

}
