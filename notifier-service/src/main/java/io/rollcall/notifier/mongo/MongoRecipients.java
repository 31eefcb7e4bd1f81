package io.rollcall.notifier.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Mail;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Recipients in MongoDB. Those that the configuration names are written before anything
 * is read: the configuration wins for them, others stay.
 */
public final class MongoRecipients implements Recipients {

	private final MongoCollection<Document> recipients;

	private final Mono<Void> prepared;

	public MongoRecipients(MongoDatabase database, List<Recipient> configured) {
		this.recipients = database.getCollection("recipients");
		this.prepared = Collections
			.once(Collections.index(this.recipients, new IndexModel(Indexes.ascending("organization")))
				.then(write(configured.stream().<WriteModel<Document>>map(MongoRecipients::replacement).toList())));
	}

	@Override
	public Mono<Map<OrganizationId, List<Recipient>>> of(Collection<OrganizationId> organizations) {
		List<String> ids = organizations.stream().map(OrganizationId::value).toList();
		return this.prepared
			.thenMany(Flux
				.defer(() -> this.recipients.find(Filters.in("organization", ids)).sort(new Document("_id", 1))))
			.map(MongoRecipients::recipient)
			.collect(Collectors.groupingBy((recipient) -> recipient.inbox().organization()));
	}

	@Override
	public Mono<Recipient> find(InboxId inbox) {
		return this.prepared
			.then(Mono.defer(() -> Mono.from(this.recipients.find(Filters.eq("_id", inbox.toString())).first())))
			.map(MongoRecipients::recipient);
	}

	@Override
	public Mono<Void> replace(OrganizationId organization, List<Recipient> recipients) {
		List<WriteModel<Document>> writes = new ArrayList<>();
		recipients.forEach((recipient) -> writes.add(replacement(recipient)));
		List<String> kept = recipients.stream().map((recipient) -> recipient.inbox().recipient()).toList();
		writes.add(new DeleteManyModel<>(
				Filters.and(Filters.eq("organization", organization.value()), Filters.nin("recipient", kept))));
		return this.prepared.then(write(writes));
	}

	@Override
	public Mono<String> refuseMail(Mail mail, String reason) {
		Bson address = Filters.and(Filters.eq("_id", mail.inbox().toString()), Filters.eq("email", mail.to()));
		List<Bson> refusal = List.of(new Document("$set",
				new Document("mailRefused", new Document("$literal", reason)).append("firstRefused",
						new Document("$ifNull", List.of("$firstRefused", new Document("$literal", mail.key()))))));
		return this.prepared
			.then(Mono.defer(() -> Mono.from(this.recipients.findOneAndUpdate(address, refusal,
					new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))))
			.map((document) -> document.getString("firstRefused"));
	}

	private Mono<Void> write(List<WriteModel<Document>> writes) {
		return writes.isEmpty() ? Mono.empty()
				: Mono.defer(() -> Mono.from(this.recipients.bulkWrite(writes, new BulkWriteOptions().ordered(true))))
					.then();
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
