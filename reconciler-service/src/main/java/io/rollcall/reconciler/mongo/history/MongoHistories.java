package io.rollcall.reconciler.mongo.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.EventFormat;
import io.rollcall.reconciler.flow.history.Histories;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.mongo.Inserts;
import io.rollcall.reconciler.mongo.Storage;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A document a change, {@code {_id: organization:subject:version, connection, run, what,
 * at, expireAt, account|team: the change as JSON}}; the run is empty for what live reads
 * led to. The version has ten digits, so that ids are in its order.
 */
public final class MongoHistories implements Histories {

	private static final String RUN = "run";

	private static final String NO_RUN = "";

	private static final String ACCOUNT = "account";

	private static final String TEAM = "team";

	private final MongoCollection<Document> history;

	private final Storage storage;

	private final Duration kept;

	/**
	 * @param kept how long a change is kept
	 */
	public MongoHistories(MongoDatabase database, Storage storage, Duration kept) {
		this.storage = storage;
		this.history = database.getCollection("history");
		this.kept = kept;
	}

	@Override
	public void add(Collection<Change> changes) {
		this.storage.prepare();
		Inserts.missing(this.history, changes.stream().map(this::document).toList());
	}

	private Document document(Change change) {
		RunId run = change.cause().run();
		ConnectionId connection = change.cause().connection();
		Document document = new Document("connection",
				(connection != null) ? connection.value() : change.organization().value())
			.append(RUN, (run != null) ? run.value() : NO_RUN)
			.append("at", Date.from(change.at()))
			.append("expireAt", Date.from(change.at().plus(this.kept)));
		String json = EventFormat.json().writeValueAsString(change);
		return switch (change) {
			case Change.AccountChanged account ->
				document.append("_id", id(change.organization(), account.account().value(), change.version()))
					.append("what", account.what().name())
					.append(ACCOUNT, json);
			case Change.TeamChanged team ->
				document.append("_id", id(change.organization(), team.team().value(), change.version()))
					.append("what", team.what().name())
					.append(TEAM, json);
		};
	}

	private static String id(OrganizationId organization, String subject, long version) {
		return "%s:%s:%010d".formatted(organization, subject, version);
	}

	private static Change change(Document document) {
		String account = document.getString(ACCOUNT);
		return (account != null) ? EventFormat.json().readValue(account, Change.AccountChanged.class)
				: EventFormat.json().readValue(document.getString(TEAM), Change.TeamChanged.class);
	}

	@Override
	public Page<Change> of(OrganizationId organization, String subject, @Nullable String cursor, int limit) {
		String start = organization + ":" + subject + ":";
		String end = (cursor != null) ? start + cursor : organization + ":" + subject + ";";
		List<Document> found = Await
			.all(this.history.find(Filters.and(Filters.gt("_id", start), Filters.lt("_id", end)))
				.sort(Sorts.descending("_id"))
				.limit(limit));
		return page(found, limit, (last) -> last.getString("_id").substring(start.length()));
	}

	@Override
	public Page<Change> of(ConnectionId connection, Query query, @Nullable String cursor, int limit) {
		List<Bson> filters = new ArrayList<>();
		filters.add(Filters.eq("connection", connection.value()));
		if (query.run() != null) {
			filters.add(Filters.eq(RUN, query.run().value()));
			filters.add(Filters.gt(RUN, NO_RUN));
		}
		if (query.what() != null) {
			filters.add(Filters.eq("what", query.what()));
		}
		filters.add(between(query.from(), query.until()));
		if (cursor != null) {
			filters.add(before(cursor));
		}
		List<Document> found = Await
			.all(this.history.find(Filters.and(filters)).sort(Sorts.descending("at", "_id")).limit(limit));
		return page(found, limit, (last) -> last.getDate("at").getTime() + ":" + last.getString("_id"));
	}

	private static Bson between(@Nullable Instant from, @Nullable Instant until) {
		return Filters.and((from != null) ? Filters.gte("at", Date.from(from)) : Filters.empty(),
				(until != null) ? Filters.lt("at", Date.from(until)) : Filters.empty());
	}

	private static Bson before(String cursor) {
		String[] parts = cursor.split(":", 2);
		if (parts.length < 2 || !parts[0].matches("[0-9]{1,15}")) {
			throw new IllegalArgumentException(
					"'%s' is no cursor: take the \"next\" of the page before".formatted(cursor));
		}
		Date at = new Date(Long.parseLong(parts[0]));
		return Filters.or(Filters.lt("at", at), Filters.and(Filters.eq("at", at), Filters.lt("_id", parts[1])));
	}

	private static Page<Change> page(List<Document> found, int limit, Function<Document, String> cursor) {
		return new Page<>(found.stream().map(MongoHistories::change).toList(),
				(found.size() == limit) ? cursor.apply(found.getLast()) : null);
	}

	@Override
	public List<Hour> live(ConnectionId connection, Instant from, Instant until) {
		Document hour = new Document("$dateTrunc", new Document("date", "$at").append("unit", "hour"));
		NavigableMap<Instant, Map<String, Long>> hours = new TreeMap<>();
		Await.all(this.history.aggregate(List.of(
				Aggregates.match(Filters.and(Filters.eq("connection", connection.value()), between(from, until),
						Filters.eq(RUN, NO_RUN))),
				Aggregates.group(new Document("hour", hour).append("what", "$what"), Accumulators.sum("count", 1L)))))
			.forEach((group) -> {
				Document of = group.get("_id", Document.class);
				hours.computeIfAbsent(of.getDate("hour").toInstant(), (_) -> new TreeMap<>())
					.put(of.getString("what"), group.getLong("count"));
			});
		return hours.descendingMap().entrySet().stream().map((of) -> new Hour(of.getKey(), of.getValue())).toList();
	}

}
