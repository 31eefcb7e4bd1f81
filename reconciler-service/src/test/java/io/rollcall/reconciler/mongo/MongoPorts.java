package io.rollcall.reconciler.mongo;

import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.Accounts;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.Storage;
import io.rollcall.reconciler.flow.Stored;
import io.rollcall.reconciler.flow.Teams;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.test.RealServices;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The real ports on a real database of a test's own. */
public final class MongoPorts implements AutoCloseable {

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private final MongoClient client;

	private final MongoDatabase database;

	private final boolean onThreadsThatMayWait;

	private MongoPorts(MongoClient client, String database, boolean onThreadsThatMayWait) {
		this.client = client;
		this.database = client.getDatabase(database);
		this.onThreadsThatMayWait = onThreadsThatMayWait;
	}

	/** The same, but never answering on a thread of the driver: a test may stop there. */
	public MongoPorts onThreadsThatMayWait() {
		return new MongoPorts(this.client, this.database.getName(), true);
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
			.build()), database, false);
	}

	public MongoDatabase database() {
		return this.database;
	}

	public Storage storage() {
		return new MongoStorage(this.database);
	}

	public DirectoryObjects objects() {
		return calm(DirectoryObjects.class, new MongoDirectoryObjects(this.database));
	}

	public Accounts accounts() {
		return calm(Accounts.class, new MongoAccounts(this.database, InstantSource.system()));
	}

	public Teams teams() {
		return calm(Teams.class, new MongoTeams(this.database, InstantSource.system()));
	}

	public List<Stored<Account>> allAccounts(OrganizationId organization) {
		return Flux.from(Collections.accounts(this.database).find(Filters.eq("organization", organization.value())))
			.map((document) -> new Stored<>(document.account(), document.pending()))
			.collectList()
			.block();
	}

	public List<Stored<Team>> allTeams(OrganizationId organization) {
		return Flux.from(Collections.teams(this.database).find(Filters.eq("organization", organization.value())))
			.map((document) -> new Stored<>(document.team(), document.pending()))
			.collectList()
			.block();
	}

	public List<Facts> allFacts(OrganizationId organization) {
		return Flux.from(Collections.facts(this.database).find(Filters.eq("organization", organization.value())))
			.collectMultimap(FactsDocument::key)
			.map((documents) -> List.copyOf(MongoDirectoryObjects.whole(documents).values()))
			.block();
	}

	/**
	 * The objects with attributes that have, or had, one of the groups as a container.
	 */
	public Mono<List<ObjectKey>> membersOf(List<ObjectKey> groups) {
		return Flux
			.from(Collections.facts(this.database)
				.find(Filters.and(Filters.eq("connection", groups.getFirst().connection().value()),
						Filters.in("c", groups.stream().map((group) -> group.object().value()).toList()))))
			.map(FactsDocument::key)
			.distinct()
			.collectList()
			.flatMap((members) -> objects().find(members))
			.map((found) -> found.values().stream().filter(Facts::hasAttributes).map(Facts::key).toList());
	}

	private <T> T calm(Class<T> type, T port) {
		if (!this.onThreadsThatMayWait) {
			return port;
		}
		Object calm = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method,
				arguments) -> ((Mono<?>) method.invoke(port, arguments)).publishOn(Schedulers.boundedElastic()));
		return type.cast(calm);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
