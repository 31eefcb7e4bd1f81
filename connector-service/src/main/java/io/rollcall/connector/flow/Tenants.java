package io.rollcall.connector.flow;

import java.util.List;

import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The Entra tenants, read through Graph with a connection's credential. */
public interface Tenants {

	/** A page of a delta chain; a null link opens a new chain. */
	Mono<Answer<Page>> page(Connection connection, Resource resource, @Nullable String link);

	/**
	 * One user, read by itself: what it is, or that it is gone if the deleted items
	 * confirm it, or nothing at all.
	 */
	Mono<Answer<List<Item>>> person(Connection connection, ObjectId object);

}
