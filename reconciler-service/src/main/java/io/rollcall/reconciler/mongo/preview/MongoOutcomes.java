package io.rollcall.reconciler.mongo.preview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.event.EventFormat;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.flow.preview.Outcome;
import io.rollcall.reconciler.flow.preview.Outcomes;
import io.rollcall.reconciler.mongo.Collections;
import io.rollcall.reconciler.mongo.Fields;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.support.mongo.Await;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The outcomes of one preview, accounts and teams as they stand in their collections. */
final class MongoOutcomes implements Outcomes {

	static final String PREVIEW = "preview";

	static final String NAME = "name";

	static final String KINDS = "kinds";

	static final String EMAIL_KEY = "emailKey";

	static final String WANTS = "wants";

	static final String LINK_KEY = "linkKey";

	static final String KEYS = "keys";

	static final String NAME_KEY = "nameKey";

	static final String REPORTED_TO = "reportedTo";

	static final String REPORTS_TO = "reportsTo";

	static final String STAGED = "staged";

	private static final BsonString NOBODY = new BsonString("");

	private static final int ANSWER_SIZE = 10_000;

	private static final Codec<StoredAccount> ACCOUNTS = Collections.codecs().get(StoredAccount.class);

	private static final Codec<StoredTeam> TEAMS = Collections.codecs().get(StoredTeam.class);

	private final MongoCollection<RawBsonDocument> outcomes;

	private final MongoCollection<Document> accounts;

	private final String preview;

	private final OrganizationId organization;

	private final Date expireAt;

	MongoOutcomes(MongoCollection<RawBsonDocument> outcomes, MongoCollection<Document> accounts, String preview,
			OrganizationId organization, Instant expireAt) {
		this.outcomes = outcomes;
		this.accounts = accounts;
		this.preview = preview;
		this.organization = organization;
		this.expireAt = Date.from(expireAt);
	}

	@Override
	public List<Outcome> find(Sought sought) {
		List<Bson> filters = new ArrayList<>();
		if (!sought.ids().isEmpty()) {
			filters.add(Filters.in("_id", sought.ids().stream().map((id) -> this.preview + ":" + id).toList()));
		}
		among(filters, LINK_KEY, sought.objects().stream().map(ObjectKey::toString).toList());
		among(filters, EMAIL_KEY, sought.emails());
		among(filters, WANTS, sought.wanted());
		among(filters, KEYS, sought.keys());
		sought.teamNames()
			.forEach((start) -> filters.add(Filters.and(Filters.eq(PREVIEW, this.preview), Filters.gt(NAME_KEY, start),
					Filters.lt(NAME_KEY, start + ":"))));
		return Await
			.all(Flux.fromIterable(filters)
				.flatMap((filter) -> Flux.from(this.outcomes.find(filter).batchSize(ANSWER_SIZE))))
			.stream()
			.map(MongoOutcomes::outcome)
			.toList();
	}

	/** An account that is stored counts unless its outcome says otherwise. */
	@Override
	public Set<ObjectKey> managers(Set<ObjectKey> some, Set<ObjectKey> stored) {
		Map<String, ObjectKey> keys = new HashMap<>();
		some.forEach((manager) -> keys.put(manager.toString(), manager));
		Set<ObjectKey> managers = new HashSet<>(stored);
		Map<String, Integer> lost = new HashMap<>();
		Set<String> kept = new HashSet<>();
		Await.all(this.outcomes
			.find(Filters.and(Filters.eq(PREVIEW, this.preview),
					Filters.or(Filters.in(REPORTS_TO, keys.keySet()), Filters.in(REPORTED_TO, keys.keySet()))))
			.projection(Projections.include(REPORTED_TO, REPORTS_TO))).forEach((outcome) -> {
				String before = outcome.getString(REPORTED_TO, NOBODY).getValue();
				String after = outcome.getString(REPORTS_TO, NOBODY).getValue();
				kept.add(after);
				if (!before.equals(after)) {
					lost.merge(before, 1, Integer::sum);
				}
			});
		kept.retainAll(keys.keySet());
		kept.forEach((manager) -> managers.add(Objects.requireNonNull(keys.get(manager))));
		lost.keySet().retainAll(keys.keySet());
		lost.keySet().removeAll(kept);
		if (!lost.isEmpty()) {
			Await.all(this.accounts.aggregate(List.of(Aggregates.match(Filters.in(Fields.MANAGER, lost.keySet())),
					Aggregates.group("$" + Fields.MANAGER, Accumulators.sum("count", 1)))))
				.forEach((manager) -> {
					String key = manager.getString("_id");
					if (manager.getInteger("count") <= lost.getOrDefault(key, 0)) {
						managers.remove(keys.get(key));
					}
				});
		}
		return managers;
	}

	private void among(List<Bson> filters, String field, Collection<String> values) {
		if (!values.isEmpty()) {
			filters.add(Filters.and(Filters.eq(PREVIEW, this.preview), Filters.in(field, List.copyOf(values))));
		}
	}

	@Override
	public void write(Collection<? extends Outcome> written) {
		if (!written.isEmpty()) {
			List<WriteModel<RawBsonDocument>> models = new ArrayList<>(written.size());
			written.forEach((outcome) -> {
				Document document = document(outcome);
				models.add(new ReplaceOneModel<>(Filters.eq("_id", document.get("_id")),
						new RawBsonDocument(document, Collections.codecs().get(Document.class)),
						new ReplaceOptions().upsert(true)));
			});
			Await.answer(this.outcomes.bulkWrite(models, new BulkWriteOptions().ordered(false)));
		}
	}

	@Override
	public List<Outcome> staged(@Nullable String after, int limit) {
		return Await.all(this.outcomes
			.find(Filters.and(Filters.eq(PREVIEW, this.preview),
					(after != null) ? Filters.gt(STAGED, after) : Filters.exists(STAGED)))
			.sort(Sorts.ascending(STAGED))
			.limit(limit)).stream().map(MongoOutcomes::outcome).toList();
	}

	private Document document(Outcome outcome) {
		Document document = new Document("_id", this.preview + ":" + outcome.id()).append(PREVIEW, this.preview)
			.append(NAME, outcome.name())
			.append(KINDS, outcome.kinds().stream().map(Enum::name).toList())
			.append(Fields.LOSSES, List.copyOf(outcome.losses()))
			.append("expireAt", this.expireAt);
		switch (outcome) {
			case Outcome.OfAccount of -> {
				Account after = of.after();
				put(document, EMAIL_KEY, after.emailKey());
				put(document, WANTS, after.wants());
				if (!after.keys().isEmpty()) {
					document.append(KEYS, after.keys());
				}
				put(document, REPORTED_TO, managerOf(of.before()));
				put(document, REPORTS_TO, managerOf(after));
				ObjectKey object = after.object();
				if (object != null && !DerivedIds.account(this.organization, object).equals(after.id())) {
					document.append(LINK_KEY, object.toString());
				}
				put(document, "before", of.before(), MongoOutcomes::account);
				put(document, "atOnce", of.atOnce(), MongoOutcomes::account);
				put(document, "after", after, MongoOutcomes::account);
				document.append("given", EventFormat.json().writeValueAsString(of.given()));
			}
			case Outcome.OfTeam of -> {
				put(document, NAME_KEY, of.after().nameKey());
				put(document, "before", of.before(), MongoOutcomes::team);
				put(document, "atOnce", of.atOnce(), MongoOutcomes::team);
				put(document, "after", of.after(), MongoOutcomes::team);
				document.append("team", true);
			}
		}
		if (!outcome.staged().isEmpty()) {
			document.append(STAGED, outcome.id());
		}
		return document;
	}

	private static @Nullable String managerOf(@Nullable Account account) {
		ObjectKey manager = (account != null) ? Outcome.OfAccount.managerOf(account) : null;
		return (manager != null) ? manager.toString() : null;
	}

	private static RawBsonDocument account(Account account) {
		return new RawBsonDocument(new StoredAccount(account, null, Instant.EPOCH), ACCOUNTS);
	}

	private static RawBsonDocument team(Team team) {
		return new RawBsonDocument(new StoredTeam(team, null, Instant.EPOCH), TEAMS);
	}

	private static void put(Document document, String field, @Nullable String value) {
		if (value != null) {
			document.append(field, value);
		}
	}

	private static <T> void put(Document document, String field, @Nullable T value,
			Function<T, RawBsonDocument> written) {
		if (value != null) {
			document.append(field, written.apply(value));
		}
	}

	static Outcome outcome(RawBsonDocument document) {
		Set<String> losses = document.getArray(Fields.LOSSES)
			.stream()
			.map((loss) -> loss.asString().getValue())
			.collect(Collectors.toSet());
		if (document.containsKey("team")) {
			return new Outcome.OfTeam(team(document, "before"), team(document, "atOnce"),
					Objects.requireNonNull(team(document, "after")), losses);
		}
		return new Outcome.OfAccount(account(document, "before"), account(document, "atOnce"),
				Objects.requireNonNull(account(document, "after")),
				EventFormat.json().readValue(document.getString("given").getValue(), Reason.class), losses);
	}

	private static @Nullable Account account(BsonDocument document, String field) {
		return document.containsKey(field) ? read(document, field, ACCOUNTS).account() : null;
	}

	private static @Nullable Team team(BsonDocument document, String field) {
		return document.containsKey(field) ? read(document, field, TEAMS).team() : null;
	}

	private static <T> T read(BsonDocument document, String field, Codec<T> codec) {
		return codec.decode(document.getDocument(field).asBsonReader(), DecoderContext.builder().build());
	}

}
