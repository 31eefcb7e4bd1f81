package io.rollcall.reconciler.mongo.run;

import java.util.Date;
import java.util.List;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.flow.run.GuardLedger;
import io.rollcall.reconciler.flow.run.GuardLedger.Entry;
import io.rollcall.reconciler.flow.run.GuardLedgers;
import org.bson.Document;
import reactor.core.publisher.Mono;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

/** Guard ledgers, one an organization. */
public final class MongoGuardLedgers implements GuardLedgers {

	private final MongoCollection<Document> ledgers;

	public MongoGuardLedgers(MongoDatabase database) {
		this.ledgers = database.getCollection("guard");
	}

	@Override
	public Mono<GuardLedger> find(OrganizationId organization) {
		return Mono.from(this.ledgers.find(eq("_id", organization.value())).first())
			.map((document) -> new GuardLedger(organization, Documents.number(document, "version"),
					document.getList("entries", Document.class, List.of())
						.stream()
						.map(MongoGuardLedgers::entry)
						.toList()))
			.defaultIfEmpty(new GuardLedger(organization, 0, List.of()));
	}

	@Override
	public Mono<Boolean> save(GuardLedger next) {
		Document document = new Document("_id", next.organization().value()).append("version", next.version())
			.append("entries", next.entries().stream().map(MongoGuardLedgers::document).toList());
		if (next.version() == 1) {
			return Mono.from(this.ledgers.insertOne(document))
				.thenReturn(true)
				.onErrorResume(Documents::duplicateKey, (taken) -> Mono.just(false));
		}
		return Mono
			.from(this.ledgers
				.replaceOne(and(eq("_id", next.organization().value()), eq("version", next.version() - 1)), document))
			.map((result) -> result.getMatchedCount() == 1);
	}

	@Override
	public Mono<Void> touch(OrganizationId organization) {
		return Mono
			.from(this.ledgers.updateOne(eq("_id", organization.value()), Updates.inc("version", 1L),
					new UpdateOptions().upsert(true)))
			.then();
	}

	private static Document document(Entry entry) {
		return new Document("connection", entry.connection().value()).append("run", entry.run().value())
			.append("kind", entry.kind().name())
			.append("count", entry.count())
			.append("total", entry.total())
			.append("heldBy", entry.heldBy())
			.append("at", Date.from(entry.at()));
	}

	private static Entry entry(Document document) {
		return new Entry(new ConnectionId(document.getString("connection")), new RunId(document.getString("run")),
				GuardedKind.valueOf(document.getString("kind")), document.getLong("count"), document.getLong("total"),
				document.getString("heldBy"), document.getDate("at").toInstant());
	}

}
