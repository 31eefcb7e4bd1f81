package io.rollcall.connector.mongo;

import java.util.EnumMap;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.Sources;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.SourceId;
import io.rollcall.support.mongo.Await;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Sources in {@code sources}: one document each. */
final class MongoSources implements Sources {

	private static final String SECRET = "secret";

	private final MongoCollection<Stored> sources;

	private final Secrets secrets;

	/** How one is written; public for the driver. */
	public record Stored(@BsonId String id, Binary secret, @Nullable Map<String, Subscribed> subscriptions,
			boolean told) {
	}

	MongoSources(MongoDatabase database, Secrets secrets) {
		this.sources = database.getCollection("sources", Stored.class);
		this.secrets = secrets;
	}

	@Override
	public @Nullable Source find(SourceId id) {
		Stored found = Await.one(this.sources.find(is(id)).first());
		return (found != null) ? source(found) : null;
	}

	@Override
	public Source ensure(SourceId id, Secret secret) {
		Source there = find(id);
		return (there != null) ? there : update(id, Updates.combine(Updates.setOnInsert("told", false),
				Updates.setOnInsert(SECRET, this.secrets.close(secret, id.value(), SECRET))), true);
	}

	@Override
	public Source save(SourceId id, Resource resource, @Nullable Subscribed subscription) {
		return update(id,
				(subscription != null) ? Updates.set(field(resource), subscription) : Updates.unset(field(resource)),
				false);
	}

	@Override
	public void reauthorizationWanted(SourceId id, String subscription) {
		for (Resource resource : Resource.ALL) {
			Await.one(this.sources.updateOne(Filters.and(is(id), Filters.eq(field(resource) + ".id", subscription)),
					Updates.set(field(resource) + ".reauthorize", true)));
		}
	}

	@Override
	public Source told(SourceId id, boolean told) {
		return update(id, Updates.set("told", told), false);
	}

	private Source update(SourceId id, Bson update, boolean upsert) {
		return source(Await.answer(this.sources.findOneAndUpdate(is(id), update,
				new FindOneAndUpdateOptions().upsert(upsert).returnDocument(ReturnDocument.AFTER))));
	}

	private static String field(Resource resource) {
		return "subscriptions." + resource.name();
	}

	private static Bson is(SourceId id) {
		return Filters.eq("_id", id.value());
	}

	private Source source(Stored stored) {
		Map<Resource, Subscribed> subscriptions = new EnumMap<>(Resource.class);
		if (stored.subscriptions() != null) {
			stored.subscriptions().forEach((resource, there) -> subscriptions.put(Resource.valueOf(resource), there));
		}
		return new Source(new SourceId(stored.id()), this.secrets.open(stored.secret(), stored.id(), SECRET),
				subscriptions, stored.told());
	}

}
