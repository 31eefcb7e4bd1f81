package io.rollcall.reconciler.mongo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.flow.apply.Organizations;
import io.rollcall.reconciler.flow.apply.Owners;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A document an organization that has owners; places are found on the accounts. */
public final class MongoOrganizations implements Organizations {

	private static final String ACCOUNTS = "accounts";

	private final MongoDatabase database;

	public MongoOrganizations(MongoDatabase database) {
		this.database = database;
	}

	@Override
	public void write(Owners owners) {
		String id = owners.organization().value();
		Document document = new Document(Fields.ID, id)
			.append(ACCOUNTS, owners.accounts().stream().map(AccountId::value).sorted().toList())
			.append(Fields.REVISION, owners.revision());
		Answers.write(List.of(this.database.getCollection(Fields.OWNERS)
			.bulkWrite(List.of((owners.revision() == 1) ? new InsertOneModel<>(document)
					: new ReplaceOneModel<>(Answers.unchanged(id, owners.revision() - 1), document)))),
				1);
	}

	/** The owners of some organizations. */
	public static Mono<Map<OrganizationId, Owners>> find(MongoDatabase database,
			Collection<OrganizationId> organizations) {
		return organizations.isEmpty() ? Mono.just(Map.of())
				: Flux
					.from(database.getCollection(Fields.OWNERS)
						.find(Filters.in(Fields.ID, organizations.stream().map(OrganizationId::value).toList())))
					.map(MongoOrganizations::owners)
					.collectMap(Owners::organization);
	}

	private static Owners owners(Document document) {
		return new Owners(new OrganizationId(document.getString(Fields.ID)),
				document.getList(ACCOUNTS, String.class).stream().map(AccountId::new).collect(Collectors.toSet()),
				document.getLong(Fields.REVISION));
	}

	@Override
	public List<StoredAccount> placedIn(OrganizationId organization, TeamId team) {
		return Answers
			.await(Flux.from(Collections.accounts(this.database).find(Fields.placedIn(organization, team)))
				.collectList())
			.stream()
			.filter((stored) -> stored.account()
				.memberships()
				.stream()
				.anyMatch((member) -> member.byHand() && member.team().equals(team)))
			.toList();
	}

}
