package io.rollcall.reconciler.mongo.run;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.run.StagedPage;
import io.rollcall.reconciler.flow.run.StagedPages;
import io.rollcall.reconciler.rules.guard.StagedItem;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

/** Pages of staged sets, a document each. */
public final class MongoStagedPages implements StagedPages {

	private final MongoCollection<Document> pages;

	private final InstantSource clock;

	public MongoStagedPages(MongoDatabase database, InstantSource clock) {
		this.pages = database.getCollection("stagedPages");
		this.clock = clock;
	}

	@Override
	public Mono<Void> keep(StagedPage page) {
		Document document = new Document("_id", page.id()).append("connection", page.connection().value())
			.append("status", StagedPage.Status.GATHERED.name())
			.append("items", page.items().stream().map(StagedItem::text).toList());
		return Mono.from(this.pages.replaceOne(eq("_id", page.id()), document, new ReplaceOptions().upsert(true)))
			.then();
	}

	@Override
	public Mono<List<StagedItem>> items(String page) {
		return Mono.from(this.pages.find(eq("_id", page)).first())
			.map((document) -> document.getList("items", String.class).stream().map(StagedItem::parse).toList())
			.defaultIfEmpty(List.of());
	}

	@Override
	public Mono<Void> decide(Collection<String> ids, StagedPage.Status status) {
		return ids.isEmpty() ? Mono.empty() : Mono.from(this.pages.updateMany(in("_id", ids), decided(status))).then();
	}

	/**
	 * What is let go of is soon gone, and its page of no use. A rejected page is kept: by
	 * it nobody is asked again.
	 */
	private Bson decided(StagedPage.Status status) {
		Bson set = Updates.set("status", status.name());
		return (status == StagedPage.Status.RELEASED)
				? Updates.combine(set, Updates.set("expireAt", RunDocuments.expiry(this.clock.instant()))) : set;
	}

	@Override
	public Mono<Void> drop(Collection<String> ids) {
		return ids.isEmpty() ? Mono.empty() : Mono.from(this.pages.deleteMany(in("_id", ids))).then();
	}

}
