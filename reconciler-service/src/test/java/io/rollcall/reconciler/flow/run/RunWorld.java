package io.rollcall.reconciler.flow.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.ObjectUnseen;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.Batch;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.Pending;
import io.rollcall.reconciler.flow.run.RunFlow.RunPorts;
import io.rollcall.reconciler.kafka.run.KafkaPartitions;
import io.rollcall.reconciler.mongo.run.MongoEvaluationBook;
import io.rollcall.reconciler.mongo.run.MongoGuardLedgers;
import io.rollcall.reconciler.mongo.run.MongoHeldSets;
import io.rollcall.reconciler.mongo.run.MongoRuns;
import io.rollcall.reconciler.mongo.run.MongoStagedItems;
import io.rollcall.reconciler.mongo.run.MongoStagedPages;
import io.rollcall.reconciler.mongo.run.MongoUnseenObjects;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.test.RealServices;
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The observations topic's partitions, delivered one record at a time in an order that a
 * seed decides, with kills and redeliveries, over a real MongoDB. The owners of objects
 * are played: they stage what is unseen and apply what is released.
 */
final class RunWorld implements Outbound, AutoCloseable {

	static final OrganizationId ACME = new OrganizationId("acme");

	static final ConnectionId C1 = new ConnectionId("c1");

	static final Stamp START = new Stamp(new Sequence(1_000), 0);

	static final Stamp BEFORE = new Stamp(new Sequence(999), 5);

	final MongoDatabase database;

	final RunPorts ports;

	final List<Envelope<? extends Event>> events = new CopyOnWriteArrayList<>();

	final RunFlow flow;

	Instant now = Instant.parse("2026-11-23T10:00:00Z");

	/** How often the process is still to be killed, at steps that the seed decides. */
	int kills;

	private final MongoClient client;

	private final Random random;

	private final KafkaPartitions partitions = new KafkaPartitions();

	private final List<Deque<Observation>> queues = new ArrayList<>();

	private final List<List<Observation>> delivered = new ArrayList<>();

	RunWorld(long seed, int walked) {
		this.random = new Random(seed);
		this.client = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(RealServices.mongoUri()))
			.writeConcern(WriteConcern.MAJORITY)
			.readConcern(ReadConcern.MAJORITY)
			.build());
		this.database = this.client.getDatabase(RealServices.freshMongoDatabase("run-world"));
		InstantSource clock = () -> this.now;
		this.ports = new RunPorts(new MongoRuns(this.database, clock), new MongoUnseenObjects(this.database, walked),
				new MongoStagedItems(this.database), new MongoStagedPages(this.database, clock),
				new MongoGuardLedgers(this.database), new MongoHeldSets(this.database),
				new MongoEvaluationBook(this.database, clock));
		CrashPoints crashPoints = (step) -> maybeKill(step.name());
		this.flow = RunFlow.of(this.ports, this, this.partitions, (connection) -> Mono.just(Rules.standard()), clock,
				crashPoints);
		for (int i = 0; i < Topics.PARTITIONS; i++) {
			this.queues.add(new ArrayDeque<>());
			this.delivered.add(new ArrayList<>());
		}
	}

	void fact(String object, Stamp seen) {
		insert("facts",
				new Document("_id", C1 + ":" + object).append("connection", C1.value())
					.append("object", object)
					.append("hasAttributes", true)
					.append("lastSeen", stamp(seen)));
	}

	void factWithEdge(String object, Stamp seen, Stamp edge) {
		fact(object, seen);
		insert("facts",
				stamp(edge).append("_id", C1 + ":" + object + ":g1")
					.append("connection", C1.value())
					.append("object", object)
					.append("c", "g1")
					.append("k", "GROUP")
					.append("p", true));
	}

	void account(String object, Document staged) {
		Document account = new Document("_id", ACME + ":a-" + object).append("organization", ACME.value())
			.append("account", "a-" + object)
			.append("status", "ACTIVE")
			.append("version", 1L)
			.append("memberships", List.of())
			.append("link", new Document("connection", C1.value()).append("object", object).append("status", "LINKED"));
		insert("accounts", (staged != null) ? account.append("staged", staged) : account);
	}

	static Document leaver(long version) {
		return new Document("leaver", new Document("reason", "DELETED").append("version", version)).append("removals",
				List.of());
	}

	void stage(String object, Document staged) {
		block(this.database.getCollection("accounts")
			.updateOne(Filters.eq("_id", ACME + ":a-" + object), Updates.set("staged", staged)));
	}

	void markers(String run, RunMode mode, List<Integer> on) {
		for (int partition : on) {
			this.queues.get(partition)
				.add(new RunMarker(ACME, C1, new RunId(run), mode, RunTrigger.MANUAL, RunMarker.Phase.READ, partition,
						on, START, new ReadCounts(7, 2, 0, 0, 3, 0, 4)));
		}
	}

	void publish(Observation record) {
		this.queues.get(this.partitions.of(record)).add(record);
	}

	/** Delivers until nothing is left; a killed record is delivered again. */
	void deliverAll() {
		while (true) {
			List<Integer> waiting = new ArrayList<>();
			for (int i = 0; i < this.queues.size(); i++) {
				if (!this.queues.get(i).isEmpty()) {
					waiting.add(i);
				}
			}
			if (waiting.isEmpty()) {
				return;
			}
			deliver(waiting.get(this.random.nextInt(waiting.size())));
		}
	}

	private void deliver(int partition) {
		Observation record = this.queues.get(partition).peek();
		try {
			apply(record, partition);
			maybeKill("commit");
			this.queues.get(partition).poll();
			this.delivered.get(partition).add(record);
		}
		catch (Killed ex) {
			// A rebalance may deliver what was applied but not committed, too.
			List<Observation> before = this.delivered.get(partition);
			if (!before.isEmpty() && this.random.nextInt(3) == 0) {
				this.queues.get(partition).addFirst(before.getLast());
			}
		}
	}

	private void apply(Observation record, int partition) {
		switch (record) {
			case ObjectUnseen unseen -> {
				block(this.database.getCollection("facts")
					.updateOne(
							Filters.and(Filters.eq("_id", C1 + ":" + unseen.object()),
									Filters.lt("lastSeen.s", unseen.startedAt().sequence().value())),
							Updates.set("self.departure", "UNSEEN")));
				block(this.database.getCollection("accounts")
					.updateOne(
							Filters.and(Filters.eq("_id", ACME + ":a-" + unseen.object()),
									Filters.exists("staged", false), Filters.eq("status", "ACTIVE")),
							Updates.set("staged", leaver(2))));
			}
			case StagedReleased released -> {
				long upTo = Long.parseLong(released.batch().substring(released.batch().indexOf('@') + 1));
				block(this.database.getCollection("accounts")
					.updateOne(
							Filters.and(Filters.eq("_id", ACME + ":a-" + released.object()),
									Filters.lte("staged.leaver.version", upTo)),
							Updates.combine(Updates.unset("staged"), Updates.set("status", "DEACTIVATED"))));
			}
			case Observation.OfObject other -> {
			}
			default -> block(this.flow.steps().apply(List.of(new Batch.Entry(partition, 0, false, record))));
		}
	}

	long deactivated() {
		return block(this.database.getCollection("accounts").countDocuments(Filters.eq("status", "DEACTIVATED")));
	}

	List<Document> all(String collection) {
		return Flux.from(this.database.getCollection(collection).find()).collectList().block(Duration.ofSeconds(20));
	}

	List<Document> indexes(String collection) {
		return Flux.from(this.database.getCollection(collection).listIndexes())
			.collectList()
			.block(Duration.ofSeconds(20));
	}

	<E extends Event> List<E> events(Class<E> type) {
		return this.events.stream()
			.collect(java.util.stream.Collectors.toMap(Envelope::id, Envelope::event, (first, again) -> again,
					java.util.LinkedHashMap::new))
			.values()
			.stream()
			.filter(type::isInstance)
			.map(type::cast)
			.toList();
	}

	RunState run(String run) {
		return this.ports.runs().find(C1, new RunId(run)).block();
	}

	@Override
	public Mono<Void> changes(List<Pending> changes) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Mono<Void> observations(List<? extends Envelope<? extends Observation>> observations) {
		return Mono.fromRunnable(() -> observations.forEach((envelope) -> {
			maybeKill("publish");
			publish(envelope.event());
		}));
	}

	@Override
	public Mono<Void> observation(int partition, Envelope<? extends Observation> observation) {
		return Mono.fromRunnable(() -> {
			maybeKill("publish");
			this.queues.get(partition).add(observation.event());
			maybeKill("published");
		});
	}

	@Override
	public Mono<Void> events(List<? extends Envelope<? extends Event>> events) {
		return Mono.fromRunnable(() -> {
			this.events.addAll(events);
			maybeKill("events");
		});
	}

	@Override
	public void close() {
		this.client.close();
	}

	<T> T block(Publisher<T> publisher) {
		return Flux.from(publisher).blockLast(Duration.ofSeconds(20));
	}

	ObjectId object(String id) {
		return new ObjectId(id);
	}

	private void insert(String collection, Document document) {
		block(this.database.getCollection(collection).insertOne(document));
	}

	private void maybeKill(String where) {
		if (this.kills > 0 && this.random.nextInt(12) == 0) {
			this.kills--;
			throw new Killed(where);
		}
	}

	private static Document stamp(Stamp stamp) {
		return new Document("s", stamp.sequence().value()).append("i", stamp.index());
	}

	/** The process is gone. */
	private static final class Killed extends RuntimeException {

		Killed(String where) {
			super(where);
		}

	}

}
