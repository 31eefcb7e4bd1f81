package io.rollcall.connector.mongo;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.consent.Consent;
import io.rollcall.connector.flow.consent.ConsentRequests;
import io.rollcall.model.ConnectionId;
import io.rollcall.support.mongo.Await;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/** Requests for consent in {@code consents}. */
final class MongoConsentRequests implements ConsentRequests {

	private static final String CONSENT = "consent";

	private final MongoCollection<Stored> consents;

	/** How one is written; public for the driver. */
	public record Stored(@BsonId String id, String connection, Consent consent) {
	}

	MongoConsentRequests(MongoDatabase database) {
		this.consents = database.getCollection("consents", Stored.class);
	}

	@Override
	public void add(Consent consent) {
		Await.one(this.consents.insertOne(new Stored(consent.id(), consent.connection().value(), consent)));
	}

	@Override
	public @Nullable Consent find(String id) {
		Stored found = Await.one(this.consents.find(Filters.eq("_id", id)).first());
		return (found != null) ? found.consent() : null;
	}

	@Override
	public List<Consent> of(ConnectionId connection) {
		return Await
			.all(this.consents.find(Filters.eq("connection", connection.value()))
				.sort(Sorts.descending("consent.askedAt")))
			.stream()
			.map(Stored::consent)
			.toList();
	}

	@Override
	public boolean replace(Consent there, Consent next) {
		return Await
			.answer(this.consents.updateOne(Filters.and(Filters.eq("_id", there.id()), Filters.eq(CONSENT, there)),
					Updates.set(CONSENT, next)))
			.getMatchedCount() == 1;
	}

}
