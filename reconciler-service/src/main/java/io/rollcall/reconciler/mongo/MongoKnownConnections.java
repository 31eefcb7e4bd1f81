package io.rollcall.reconciler.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.loss.KnownConnections;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * The connections of the facts: from one to the next along the facts' own ids, which
 * begin with it, so that it takes as many reads as there are connections.
 */
@Component
final class MongoKnownConnections implements KnownConnections {

	private final MongoCollection<Document> facts;

	MongoKnownConnections(MongoDatabase database) {
		this.facts = database.getCollection("facts");
	}

	@Override
	public Flux<Known> all() {
		// A semicolon comes right behind the colon that ends the connection in an id.
		return after("").expand((known) -> after(known.connection() + ";"));
	}

	private Mono<Known> after(String id) {
		return Mono
			.from(this.facts.find(Filters.gt("_id", id))
				.sort(Sorts.ascending("_id"))
				.projection(Projections.include("organization", "connection"))
				.first())
			.map((document) -> new Known(new OrganizationId(document.getString("organization")),
					new ConnectionId(document.getString("connection"))));
	}

}
