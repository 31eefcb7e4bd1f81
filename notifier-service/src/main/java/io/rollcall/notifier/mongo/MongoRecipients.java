package io.rollcall.notifier.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Recipients in MongoDB. Those that the configuration names are written before anything
 * is read: the configuration wins for them, others stay.
 */
public final class MongoRecipients implements Recipients {

	private final PreparedCollection recipients;

	public MongoRecipients(MongoDatabase database, List<Recipient> configured) {
		MongoCollection<Document> collection = database.getCollection("recipients");
		this.recipients = new PreparedCollection(collection,
				PreparedCollection.index(collection, new IndexModel(Indexes.ascending("organization"))),
				write(collection,
						configured.stream().<WriteModel<Document>>map(MongoRecipients::replacement).toList()));
	}

	@Override
	public Map<OrganizationId, List<Recipient>> of(Collection<OrganizationId> organizations) {
		List<String> ids = organizations.stream().map(OrganizationId::value).toList();
		return Await.all(this.recipients.get().find(Filters.in("organization", ids)).sort(Sorts.ascending("_id")))
			.stream()
			.map(MongoRecipients::recipient)
			.collect(Collectors.groupingBy((recipient) -> recipient.inbox().organization()));
	}

	@Override
	public List<OrganizationId> organizations() {
		return Await.all(this.recipients.get().distinct("organization", String.class))
			.stream()
			.map(OrganizationId::new)
			.toList();
	}

	@Override
	public @Nullable Recipient find(InboxId inbox) {
		Document found = Await.one(this.recipients.get().find(Filters.eq("_id", inbox.toString())).first());
		return (found != null) ? recipient(found) : null;
	}

	@Override
	public void replace(OrganizationId organization, List<Recipient> recipients) {
		List<WriteModel<Document>> writes = new ArrayList<>();
		recipients.forEach((recipient) -> writes.add(replacement(recipient)));
		List<String> kept = recipients.stream().map((recipient) -> recipient.inbox().recipient()).toList();
		writes.add(new DeleteManyModel<>(
				Filters.and(Filters.eq("organization", organization.value()), Filters.nin("recipient", kept))));
		Await.one(write(this.recipients.get(), writes));
	}

	@Override
	public void refuseMail(InboxId inbox, String email, String reason) {
		Await.one(this.recipients.get()
			.updateOne(Filters.and(Filters.eq("_id", inbox.toString()), Filters.eq("email", email)),
					Updates.set("mailRefused", reason)));
	}

	private static Mono<Void> write(MongoCollection<Document> recipients, List<WriteModel<Document>> writes) {
		return writes.isEmpty() ? Mono.empty() : Mono.defer(() -> Mono.from(recipients.bulkWrite(writes))).then();
	}

	private static ReplaceOneModel<Document> replacement(Recipient recipient) {
		return new ReplaceOneModel<>(Filters.eq("_id", recipient.inbox().toString()), document(recipient),
				new ReplaceOptions().upsert(true));
	}

	private static Document document(Recipient recipient) {
		return new Document("_id", recipient.inbox().toString())
			.append("organization", recipient.inbox().organization().value())
			.append("recipient", recipient.inbox().recipient())
			.append("name", recipient.name())
			.append("email", recipient.email())
			.append("role", recipient.role().name())
			.append("language", recipient.language().name())
			.append("channels", recipient.channels().stream().map(Enum::name).sorted().toList())
			.append("mailRefused", recipient.mailRefused());
	}

	private static Recipient recipient(Document document) {
		Set<Channel> channels = new HashSet<>();
		document.getList("channels", String.class).forEach((channel) -> channels.add(Channel.valueOf(channel)));
		return new Recipient(
				new InboxId(new OrganizationId(document.getString("organization")), document.getString("recipient")),
				document.getString("name"), document.getString("email"), Role.valueOf(document.getString("role")),
				Language.valueOf(document.getString("language")), channels, document.getString("mailRefused"));
	}

}
