package io.rollcall.reconciler.mongo.preview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.change.Tally;
import io.rollcall.reconciler.flow.preview.Outcome;
import io.rollcall.reconciler.flow.preview.Outcomes;
import io.rollcall.reconciler.flow.preview.Preview;
import io.rollcall.reconciler.flow.preview.Previews;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.mongo.Fields;
import io.rollcall.reconciler.mongo.coordinate.States;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A document a preview, and one for each account and team that it decided otherwise. */
public final class MongoPreviews implements Previews {

	private static final Duration KEPT = Duration.ofDays(1);

	private static final String EXPIRE_AT = "expireAt";

	private static final String CONNECTION = "connection";

	private static final String STATE = "state";

	private static final List<Preview.Status> OPEN = List.of(Preview.Status.WAITING, Preview.Status.RUNNING);

	private final MongoCollection<Document> previews;

	private final MongoCollection<RawBsonDocument> outcomes;

	private final MongoCollection<Document> accounts;

	public MongoPreviews(MongoDatabase database) {
		this.previews = database.getCollection("previews");
		this.accounts = database.getCollection(Fields.ACCOUNTS);
		this.outcomes = database.getCollection(Fields.PREVIEW_OUTCOMES, RawBsonDocument.class);
	}

	/** The indexes are there before anything is: they are needed for previews alone. */
	@Override
	public void add(Preview preview) {
		createIndexes();
		Await.answer(this.previews
			.insertOne(new Document("_id", preview.id()).append(CONNECTION, preview.connection().value())
				.append("at", Date.from(preview.startedAt()))
				.append(EXPIRE_AT, Date.from(expireAt(preview)))
				.append(STATE, States.of(preview))));
	}

	private void createIndexes() {
		IndexModel expiring = new IndexModel(Indexes.ascending(EXPIRE_AT),
				new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
		Await.all(this.previews.createIndexes(List.of(new IndexModel(Indexes.ascending(CONNECTION, "at")), expiring)));
		Await.all(this.outcomes
			.createIndexes(List.of(new IndexModel(Indexes.ascending(MongoOutcomes.PREVIEW, MongoOutcomes.KINDS, "_id")),
					partial(MongoOutcomes.EMAIL_KEY), partial(MongoOutcomes.WANTS), partial(MongoOutcomes.LINK_KEY),
					partial(MongoOutcomes.KEYS), partial(MongoOutcomes.NAME_KEY), partial(MongoOutcomes.REPORTED_TO),
					partial(MongoOutcomes.REPORTS_TO), partial(MongoOutcomes.STAGED), expiring)));
	}

	private static IndexModel partial(String field) {
		return new IndexModel(Indexes.ascending(MongoOutcomes.PREVIEW, field),
				new IndexOptions().partialFilterExpression(Filters.exists(field)));
	}

	private static Instant expireAt(Preview preview) {
		return preview.startedAt().plus(KEPT);
	}

	@Override
	public boolean save(Preview preview) {
		return Await.answer(this.previews.updateOne(
				Filters.and(Filters.eq("_id", preview.id()),
						Filters.in(STATE + ".status", OPEN.stream().map(Enum::name).toList())),
				Updates.set(STATE, States.of(preview))))
			.getMatchedCount() > 0;
	}

	@Override
	public @Nullable Preview find(ConnectionId connection, String id) {
		Document found = Await
			.one(this.previews.find(Filters.and(Filters.eq("_id", id), Filters.eq(CONNECTION, connection.value())))
				.first());
		return (found != null) ? States.state(found, Preview.class) : null;
	}

	@Override
	public List<Preview> newest(ConnectionId connection, int limit) {
		return Await
			.all(this.previews.find(Filters.eq(CONNECTION, connection.value()))
				.sort(Sorts.descending("at"))
				.limit(limit))
			.stream()
			.map((document) -> States.state(document, Preview.class))
			.toList();
	}

	@Override
	public Outcomes outcomes(Preview preview) {
		return new MongoOutcomes(this.outcomes, this.accounts, preview.id(), preview.organization(), expireAt(preview));
	}

	@Override
	public Page<Outcome> changes(Preview preview, Tally.@Nullable Kind kind, @Nullable String text,
			@Nullable String cursor, int limit) {
		List<Bson> filters = new ArrayList<>();
		filters.add(States.startingWith(preview.id()));
		filters.add(
				(kind != null)
						? Filters.and(Filters.eq(MongoOutcomes.PREVIEW, preview.id()),
								Filters.eq(MongoOutcomes.KINDS, kind.name()))
						: Filters.exists(MongoOutcomes.KINDS + ".0"));
		if (cursor != null) {
			filters.add(Filters.gt("_id", preview.id() + ":" + cursor));
		}
		if (text != null) {
			Pattern word = Pattern.compile("(^|[\\s.,'’-])" + Pattern.quote(text), Pattern.CASE_INSENSITIVE);
			filters
				.add(Filters.or(Filters.regex(MongoOutcomes.NAME, word), Filters.regex(MongoOutcomes.EMAIL_KEY, word)));
		}
		List<Outcome> page = Await
			.all(this.outcomes.find(Filters.and(filters)).sort(Sorts.ascending("_id")).limit(limit))
			.stream()
			.map(MongoOutcomes::outcome)
			.toList();
		return new Page<>(page, (page.size() == limit) ? page.getLast().id() : null);
	}

}
