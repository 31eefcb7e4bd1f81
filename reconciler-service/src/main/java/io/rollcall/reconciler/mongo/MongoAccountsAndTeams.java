package io.rollcall.reconciler.mongo;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.apply.AccountsAndTeams;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Accounts and teams, a document each. */
public final class MongoAccountsAndTeams implements AccountsAndTeams {

	private final MongoCollection<StoredAccount> accounts;

	private final MongoCollection<StoredTeam> teams;

	public MongoAccountsAndTeams(MongoDatabase database) {
		this.accounts = Collections.accounts(database);
		this.teams = Collections.teams(database);
	}

	@Override
	public void write(List<StoredAccount> accounts, List<StoredTeam> teams) {
		Answers.write(List.of(
				write(this.accounts, accounts,
						(stored) -> stored.account().organization() + ":" + stored.account().id(),
						(stored) -> stored.account().revision()),
				write(this.teams, teams, (stored) -> stored.team().organization() + ":" + stored.team().id(),
						(stored) -> stored.team().revision())),
				accounts.size() + teams.size());
	}

	private static <T> Publisher<BulkWriteResult> write(MongoCollection<T> collection, List<T> documents,
			Function<T, String> id, ToLongFunction<T> revision) {
		if (documents.isEmpty()) {
			return Mono.empty();
		}
		List<? extends WriteModel<T>> models = documents.stream()
			.map((document) -> model(document, id.apply(document), revision.applyAsLong(document)))
			.toList();
		return collection.bulkWrite(models, new BulkWriteOptions().ordered(false));
	}

	private static <T> WriteModel<T> model(T document, String id, long revision) {
		return (revision == 1) ? new InsertOneModel<>(document)
				: new ReplaceOneModel<>(Answers.unchanged(id, revision - 1), document);
	}

}
