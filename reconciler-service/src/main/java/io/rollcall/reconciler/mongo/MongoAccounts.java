package io.rollcall.reconciler.mongo;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.Accounts;
import io.rollcall.reconciler.flow.EmailKey;
import io.rollcall.reconciler.flow.Outrun;
import io.rollcall.reconciler.flow.Stored;
import io.rollcall.reconciler.flow.Write;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.ObjectKey;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Accounts in MongoDB. */
@Component
final class MongoAccounts implements Accounts {

	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

	private static final int READ_AT_ONCE = 5_000;

	private final MongoCollection<AccountDocument> accounts;

	private final InstantSource clock;

	MongoAccounts(MongoDatabase database, InstantSource clock) {
		this.accounts = Collections.accounts(database);
		this.clock = clock;
	}

	@Override
	public Mono<List<Stored<Account>>> byObjects(Collection<ObjectKey> objects) {
		return objects.isEmpty() ? Mono.just(List.of())
				: find(Scoped.objects(objects, "link.connection", "link.object"));
	}

	@Override
	public Mono<List<Stored<Account>>> byEmails(Collection<EmailKey> emails) {
		return find(emails, "emailKey");
	}

	@Override
	public Mono<List<Stored<Account>>> wanting(Collection<EmailKey> emails) {
		return find(emails, "held.wants");
	}

	@Override
	public Mono<List<Stored<Account>>> byIds(OrganizationId organization, Collection<AccountId> ids) {
		if (ids.isEmpty()) {
			return Mono.just(List.of());
		}
		return find(Filters.in("_id", ids.stream().map((id) -> organization + ":" + id).toList()));
	}

	@Override
	public Mono<Map<AccountId, Taken>> write(List<Write<Account>> accounts) {
		if (accounts.isEmpty()) {
			return Mono.just(Map.of());
		}
		// Replacements first: a new account may take the e-mail that another one just
		// gave up.
		List<Write<Account>> ordered = new ArrayList<>(accounts.size());
		accounts.stream().filter((write) -> write.replaces() > 0).forEach(ordered::add);
		accounts.stream().filter((write) -> write.replaces() == 0).forEach(ordered::add);
		List<WriteModel<AccountDocument>> writes = ordered.stream().map(this::write).toList();
		return Mono.from(this.accounts.bulkWrite(writes, UNORDERED))
			.doOnNext((result) -> BulkResults.expect(result, writes.size(), "accounts"))
			.map((result) -> Map.<AccountId, Taken>of())
			.onErrorResume(MongoBulkWriteException.class, (failure) -> taken(failure, ordered));
	}

	private static Mono<Map<AccountId, Taken>> taken(MongoBulkWriteException failure, List<Write<Account>> written) {
		Map<AccountId, Taken> taken = new HashMap<>();
		for (BulkWriteError error : failure.getWriteErrors()) {
			Account account = written.get(error.getIndex()).next().document();
			if (error.getCode() != BulkResults.DUPLICATE_KEY) {
				return Mono.error(failure);
			}
			if (error.getMessage().contains(" index: " + MongoStorage.EMAIL_INDEX + " ")) {
				taken.put(account.id(), Taken.EMAIL);
			}
			else if (error.getMessage().contains(" index: _id_ ")) {
				taken.put(account.id(), Taken.ID);
			}
			else {
				return Mono
					.error(new Outrun("account %s was linked by somebody else meanwhile".formatted(account.id())));
			}
		}
		if (failure.getWriteConcernError() != null) {
			return Mono.error(failure);
		}
		BulkResults.expect(failure.getWriteResult(), written.size() - taken.size(), "accounts");
		return Mono.just(taken);
	}

	private WriteModel<AccountDocument> write(Write<Account> write) {
		AccountDocument document = new AccountDocument(write.next().document(), write.next().pending(),
				this.clock.instant());
		return (write.replaces() == 0) ? new InsertOneModel<>(document)
				: new ReplaceOneModel<>(BulkResults.unchanged(document.id(), write.replaces()), document);
	}

	private Mono<List<Stored<Account>>> find(Collection<EmailKey> emails, String field) {
		return emails.isEmpty() ? Mono.just(List.of())
				: find(Scoped.among(byOrganization(emails), "organization", field));
	}

	private static Map<String, List<String>> byOrganization(Collection<EmailKey> emails) {
		Map<String, List<String>> byOrganization = new LinkedHashMap<>();
		emails.forEach((email) -> byOrganization
			.computeIfAbsent(email.organization().value(), (organization) -> new ArrayList<>())
			.add(email.key()));
		return byOrganization;
	}

	private Mono<List<Stored<Account>>> find(Bson filter) {
		return Flux.from(this.accounts.find(filter).batchSize(READ_AT_ONCE))
			.map((document) -> new Stored<>(document.account(), document.pending()))
			.collectList();
	}

}
