package io.rollcall.notifier.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.BulkWriteOptions;
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
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Recipients in MongoDB. Those that the configuration names are written before anything
 * is read: the configuration wins for them, others stay.
 */
public final class MongoRecipients implements Recipients {

	private final MongoCollection<Document> recipients;

	private final Preparation prepared;

	public MongoRecipients(MongoDatabase database, List<Recipient> configured) {
		this.recipients = database.getCollection("recipients");
		this.prepared = new Preparation(
				Preparation.index(this.recipients, new IndexModel(Indexes.ascending("organization"))),
				write(configured.stream().<WriteModel<Document>>map(MongoRecipients::replacement).toList()));
	}

	@Override
	public Map<OrganizationId, List<Recipient>> of(Collection<OrganizationId> organizations) {
		this.prepared.ensure();
		List<String> ids = organizations.stream().map(OrganizationId::value).toList();
		return Objects
			.requireNonNull(
					Flux.from(this.recipients.find(Filters.in("organization", ids)).sort(Sorts.ascending("_id")))
						.map(MongoRecipients::recipient)
						.collectList()
						.block(Preparation.LIMIT))
			.stream()
			.collect(Collectors.groupingBy((recipient) -> recipient.inbox().organization()));
	}

	@Override
	public List<OrganizationId> organizations() {
		this.prepared.ensure();
		return Objects.requireNonNull(Flux.from(this.recipients.distinct("organization", String.class))
			.map(OrganizationId::new)
			.collectList()
			.block(Preparation.LIMIT));
	}

	@Override
	public @Nullable Recipient find(InboxId inbox) {
		this.prepared.ensure();
		return Mono.from(this.recipients.find(Filters.eq("_id", inbox.toString())).first())
			.map(MongoRecipients::recipient)
			.block(Preparation.LIMIT);
	}

	@Override
	public void replace(OrganizationId organization, List<Recipient> recipients) {
		this.prepared.ensure();
		List<WriteModel<Document>> writes = new ArrayList<>();
		recipients.forEach((recipient) -> writes.add(replacement(recipient)));
		List<String> kept = recipients.stream().map((recipient) -> recipient.inbox().recipient()).toList();
		writes.add(new DeleteManyModel<>(
				Filters.and(Filters.eq("organization", organization.value()), Filters.nin("recipient", kept))));
		write(writes).block(Preparation.LIMIT);
	}

	@Override
	public void refuseMail(InboxId inbox, String email, String reason) {
		this.prepared.ensure();
		Mono.from(
				this.recipients.updateOne(Filters.and(Filters.eq("_id", inbox.toString()), Filters.eq("email", email)),
						Updates.set("mailRefused", reason)))
			.block(Preparation.LIMIT);
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
