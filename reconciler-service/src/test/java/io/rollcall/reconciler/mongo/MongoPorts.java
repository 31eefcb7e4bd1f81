package io.rollcall.reconciler.mongo;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.AccountsAndTeams;
import io.rollcall.reconciler.flow.apply.DecisionInputs;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.reconciler.flow.apply.Organizations;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.test.RealServices;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The real ports on a real database of a test's own. */
public final class MongoPorts implements AutoCloseable {

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private final MongoClient client;

	private final MongoDatabase database;

	private final Storage storage;

	private MongoPorts(MongoClient client, String database) {
		this.client = client;
		this.database = client.getDatabase(database);
		this.storage = new Storage(this.database);
	}

	public static MongoPorts fresh() {
		String name = RealServices.freshMongoDatabase("reconciler-tests-" + DATABASES.incrementAndGet());
		return at(RealServices.mongoUri(), name);
	}

	public static MongoPorts at(String uri, String database) {
		return new MongoPorts(MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(uri))
			.writeConcern(WriteConcern.MAJORITY)
			.readConcern(ReadConcern.MAJORITY)
			.retryWrites(false)
			.build()), database);
	}

	public MongoDatabase database() {
		return this.database;
	}

	public DirectoryObjects objects() {
		return new MongoDirectoryObjects(this.database, this.storage);
	}

	public DecisionInputs inputs() {
		return new MongoDecisionInputs(this.database);
	}

	public Organizations organizations() {
		return new MongoOrganizations(this.database);
	}

	public AccountsAndTeams accountsAndTeams() {
		return new MongoAccountsAndTeams(this.database);
	}

	public void save(Connection connection) {
		Mono.from(this.database.getCollection(ConnectionDocuments.CONNECTIONS)
			.replaceOne(Filters.eq("_id", connection.id().value()), document(connection),
					new ReplaceOptions().upsert(true)))
			.block();
	}

	private static Document document(Connection connection) {
		Document document = new Document("_id", connection.id().value())
			.append("organization", connection.organization().value())
			.append("source", connection.source().value())
			.append("name", connection.name())
			.append("status", connection.status().name())
			.append("rules", ConnectionDocuments.document(connection.rules()));
		document.append("hidden", connection.hidden().stream().map(Container::code).toList());
		return connection.setAside() ? document.append("setAside", true) : document;
	}

	/** Makes everything fail that reads a connection. */
	public void breakDocumentOf(ConnectionId connection) {
		Mono.from(this.database.getCollection(ConnectionDocuments.CONNECTIONS)
			.updateOne(Filters.eq("_id", connection.value()), Updates.set("status", "NONSENSE"))).block();
	}

	/** An account that nobody's decision made. */
	public void save(StoredAccount account) {
		Mono.from(Collections.accounts(this.database).insertOne(account)).block();
	}

	public List<StoredAccount> accounts(OrganizationId organization) {
		return list(Collections.accounts(this.database).find(startingWith(organization.value())));
	}

	public List<StoredTeam> teams(OrganizationId organization) {
		return list(Collections.teams(this.database).find(startingWith(organization.value())));
	}

	public List<StoredFacts> facts(ConnectionId connection) {
		return list(Collections.facts(this.database).find(startingWith(connection.value())));
	}

	/** What is stored to follow from groups in groups. */
	public Map<ObjectId, Nesting> nestings(ConnectionId connection) {
		return list(this.database.getCollection(NestingDocuments.NESTINGS).find(startingWith(connection.value())))
			.stream()
			.map(NestingDocuments::nesting)
			.collect(Collectors.toMap(Nesting::group, Function.identity()));
	}

	/** How many documents a connection has in a collection. */
	public long count(String collection, ConnectionId connection) {
		return Objects.requireNonNull(
				Mono.from(this.database.getCollection(collection).countDocuments(startingWith(connection.value())))
					.block());
	}

	/** What the index on containers finds. */
	public List<ObjectKey> membersOf(ObjectKey container) {
		List<String> codes = java.util.Arrays.stream(io.rollcall.model.directory.ContainerKind.values())
			.map((kind) -> new Container(kind, container.object()).code())
			.toList();
		return list(Collections.facts(this.database)
			.find(Filters.and(Filters.eq(Fields.CONNECTION, container.connection().value()),
					Filters.in(Fields.IN, codes))))
			.stream()
			.map(StoredFacts::facts)
			.map(Facts::key)
			.toList();
	}

	/** By their ids: no index finds all of an organization. */
	private static Bson startingWith(String owner) {
		return Filters.and(Filters.gt(Fields.ID, owner + ":"), Filters.lt(Fields.ID, owner + ";"));
	}

	private static <T> List<T> list(Publisher<T> publisher) {
		return Objects.requireNonNull(Flux.from(publisher).collectList().block());
	}

	@Override
	public void close() {
		this.client.close();
	}

}
