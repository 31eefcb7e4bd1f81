package io.rollcall.connector.mongo;

import java.time.Instant;
import java.util.Date;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.WantedObjects;
import io.rollcall.model.ConnectionId;
import io.rollcall.support.mongo.Await;
import io.rollcall.support.mongo.PreparedCollection;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Wanted objects in {@code wantedObjects}: one document each, with the connection and the
 * object as its id.
 */
final class MongoWantedObjects implements WantedObjects {

	private final PreparedCollection<Wanted> objects;

	MongoWantedObjects(MongoDatabase database) {
		this.objects = new PreparedCollection<>(database.getCollection("wantedObjects", Wanted.class),
				new IndexModel(Indexes.ascending("connection.value", "due")));
	}

	@Override
	public void want(Wanted wanted) {
		// That Graph does not know it, and since when, stays.
		Await.one(this.objects.get()
			.updateOne(is(wanted),
					Updates.combine(Updates.set("connection", wanted.connection()),
							Updates.set("object", wanted.object()), Updates.set("kind", wanted.kind()),
							Updates.set("why", wanted.why()), Updates.set("by", wanted.by()),
							Updates.set("due", Date.from(wanted.due())), Updates.set("again", wanted.again()),
							Updates.set("tries", 0), Updates.inc("version", 1L)),
					new UpdateOptions().upsert(true)));
	}

	@Override
	public @Nullable Wanted first(ConnectionId connection) {
		return Await.one(this.objects.get()
			.find(Filters.eq("connection.value", connection.value()))
			.sort(Sorts.ascending("due"))
			.limit(1)
			.first());
	}

	@Override
	public void done(Wanted wanted) {
		Await.one(this.objects.get().deleteOne(isStill(wanted)));
	}

	@Override
	public void later(Wanted wanted) {
		Instant missing = wanted.missingSince();
		Await.one(this.objects.get()
			.updateOne(isStill(wanted), Updates.combine(Updates.set("due", Date.from(wanted.due())),
					Updates.set("again", wanted.again()), Updates.set("tries", wanted.tries()), (missing != null)
							? Updates.set("missingSince", Date.from(missing)) : Updates.unset("missingSince"))));
	}

	private static Bson is(Wanted wanted) {
		return Filters.eq("_id", wanted.connection() + ":" + wanted.object());
	}

	private static Bson isStill(Wanted wanted) {
		return Filters.and(is(wanted), Filters.eq("version", wanted.version()));
	}

}
