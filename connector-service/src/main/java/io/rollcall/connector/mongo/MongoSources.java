package io.rollcall.connector.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.subscription.Sources;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.SourceId;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Sources in {@code sources}: one document each. */
final class MongoSources implements Sources {

	private static final String SECRET = "secret";

	private static final FindOneAndUpdateOptions UPSERT = new FindOneAndUpdateOptions().upsert(true)
		.returnDocument(ReturnDocument.AFTER);

	private static final FindOneAndUpdateOptions AFTER = new FindOneAndUpdateOptions()
		.returnDocument(ReturnDocument.AFTER);

	private final MongoCollection<Document> sources;

	private final Secrets secrets;

	MongoSources(MongoDatabase database, Secrets secrets) {
		this.sources = database.getCollection("sources");
		this.secrets = secrets;
	}

	@Override
	public @Nullable Source find(SourceId id) {
		Document found = Await.one(this.sources.find(is(id)).first());
		return (found != null) ? source(found) : null;
	}

	@Override
	public Source ensure(SourceId id, Secret secret) {
		Source there = find(id);
		return (there != null) ? there : source(Await.answer(this.sources.findOneAndUpdate(is(id),
				Updates.setOnInsert(SECRET, this.secrets.close(secret, id.value(), SECRET)), UPSERT)));
	}

	@Override
	public Source save(SourceId id, Resource resource, @Nullable Subscribed subscription) {
		String field = "subscriptions." + resource.name();
		List<Bson> updates = new ArrayList<>();
		if (subscription == null) {
			updates.add(Updates.unset(field));
		}
		else {
			updates.add(Updates.set(field,
					new Document("id", subscription.id()).append("expiresAt", Date.from(subscription.expiresAt()))
						.append("renewedAt", Date.from(subscription.renewedAt()))
						.append("checkedAt", Date.from(subscription.checkedAt()))));
			updates.add(Updates.pull("reauthorize", subscription.id()));
		}
		return source(Await.answer(this.sources.findOneAndUpdate(is(id), Updates.combine(updates), AFTER)));
	}

	@Override
	public void reauthorizationWanted(SourceId id, String subscription) {
		Await.one(this.sources.updateOne(is(id), Updates.addToSet("reauthorize", subscription)));
	}

	@Override
	public Source told(SourceId id, boolean told) {
		return source(Await.answer(this.sources.findOneAndUpdate(is(id), Updates.set("told", told), AFTER)));
	}

	private static Bson is(SourceId id) {
		return Filters.eq("_id", id.value());
	}

	private Source source(Document document) {
		String id = document.getString("_id");
		Map<Resource, Subscribed> subscriptions = new EnumMap<>(Resource.class);
		List<String> reauthorize = document.getList("reauthorize", String.class, List.of());
		document.get("subscriptions", new Document()).forEach((resource, value) -> {
			Document there = (Document) value;
			String subscription = there.getString("id");
			subscriptions.put(Resource.valueOf(resource), new Subscribed(subscription, instant(there, "expiresAt"),
					instant(there, "renewedAt"), instant(there, "checkedAt"), reauthorize.contains(subscription)));
		});
		return new Source(new SourceId(id), this.secrets.open(document.get(SECRET, Binary.class), id, SECRET),
				subscriptions, document.getBoolean("told", false));
	}

	private static Instant instant(Document document, String field) {
		return document.getDate(field).toInstant();
	}

}
