package io.rollcall.notifier.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.support.mongo.Await;
import io.rollcall.support.mongo.PreparedCollection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Recipients in MongoDB, as the driver writes a record. Those that the configuration
 * names are written before anything is read: the configuration wins for them, others
 * stay.
 */
public final class MongoRecipients implements Recipients {

	private static final String ORGANIZATION = "inbox.organization.value";

	private final PreparedCollection<Recipient> recipients;

	public MongoRecipients(MongoDatabase database, List<Recipient> configured) {
		MongoCollection<Recipient> collection = database.getCollection("recipients", Recipient.class);
		this.recipients = new PreparedCollection<>(collection, write(collection, replacements(configured)),
				new IndexModel(Indexes.ascending(ORGANIZATION)));
	}

	@Override
	public Map<OrganizationId, List<Recipient>> of(Collection<OrganizationId> organizations) {
		List<String> ids = organizations.stream().map(OrganizationId::value).toList();
		return Await.all(this.recipients.get().find(Filters.in(ORGANIZATION, ids)).sort(Sorts.ascending("_id")))
			.stream()
			.collect(Collectors.groupingBy((recipient) -> recipient.inbox().organization()));
	}

	@Override
	public List<OrganizationId> organizations() {
		return Await.all(this.recipients.get().distinct(ORGANIZATION, String.class))
			.stream()
			.map(OrganizationId::new)
			.toList();
	}

	@Override
	public @Nullable Recipient find(InboxId inbox) {
		return Await.one(this.recipients.get().find(Filters.eq("_id", inbox.toString())).first());
	}

	@Override
	public void replace(OrganizationId organization, List<Recipient> recipients) {
		List<WriteModel<Recipient>> writes = new ArrayList<>(replacements(recipients));
		List<String> kept = recipients.stream().map((recipient) -> recipient.inbox().toString()).toList();
		writes.add(new DeleteManyModel<>(
				Filters.and(Filters.eq(ORGANIZATION, organization.value()), Filters.nin("_id", kept))));
		Await.one(write(this.recipients.get(), writes));
	}

	@Override
	public void refuseMail(InboxId inbox, String email, String reason) {
		Await.one(this.recipients.get()
			.updateOne(Filters.and(Filters.eq("_id", inbox.toString()), Filters.eq("email", email)),
					Updates.set("mailRefused", reason)));
	}

	private static Mono<Void> write(MongoCollection<Recipient> recipients,
			List<? extends WriteModel<Recipient>> writes) {
		return writes.isEmpty() ? Mono.empty() : Mono.from(recipients.bulkWrite(writes)).then();
	}

	private static List<ReplaceOneModel<Recipient>> replacements(List<Recipient> recipients) {
		return recipients.stream()
			.map((recipient) -> new ReplaceOneModel<>(Filters.eq("_id", recipient.inbox().toString()), recipient,
					new ReplaceOptions().upsert(true)))
			.toList();
	}

}
