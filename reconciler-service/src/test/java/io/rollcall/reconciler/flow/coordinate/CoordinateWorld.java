package io.rollcall.reconciler.flow.coordinate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.ObjectsUnseen;
import io.rollcall.model.directory.Observation.OfPartition;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.progress.Progress.ContainersChanged;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunEvent.SetHeld;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.apply.Outbound;
import io.rollcall.reconciler.flow.coordinate.Coordinations.Known;
import io.rollcall.reconciler.flow.coordinate.Coordinations.Told;
import io.rollcall.reconciler.mongo.coordinate.MongoConnections;
import io.rollcall.reconciler.mongo.coordinate.MongoCoordinations;
import io.rollcall.reconciler.mongo.coordinate.MongoDirectory;
import io.rollcall.reconciler.mongo.coordinate.MongoNestings;
import io.rollcall.reconciler.mongo.coordinate.MongoRuns;
import io.rollcall.reconciler.mongo.coordinate.MongoStagedEntries;
import io.rollcall.reconciler.mongo.coordinate.MongoToDecide;
import io.rollcall.reconciler.mongo.Storage;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.test.RealServices;
import org.bson.Document;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * One coordinated connection over a real MongoDB, step by step on the test's thread. What
 * it publishes stays in lists, and apply is played: it takes the published records,
 * stages whom it does not see, and tells what it did. Any call of a port may be killed,
 * before or after it was done; then all is read again, as after a restart. As an
 * extension of a test it is active before each case, and closed behind it.
 */
final class CoordinateWorld implements Outbound, AutoCloseable, BeforeEachCallback, AfterEachCallback {

	static final OrganizationId ACME = new OrganizationId("acme");

	static final ConnectionId C1 = new ConnectionId("c1");

	static final SourceId SOURCE = new SourceId("global/tenant/app");

	static final Known KNOWN = new Known(C1, ACME, 0);

	static final Stamp START = new Stamp(new Sequence(1_000), 0);

	static final Stamp BEFORE = new Stamp(new Sequence(999), 5);

	final MongoDatabase database;

	private final Storage storage;

	final Ports ports;

	/** What people and the connector are told, each once by its id. */
	final Map<String, Event> events = new LinkedHashMap<>();

	/** What apply is asked, by topic. */
	final List<OfPartition> live = new ArrayList<>();

	final List<OfPartition> bulk = new ArrayList<>();

	/** Accounts and teams that a release has named. */
	final Set<String> released = new LinkedHashSet<>();

	Instant now = Instant.parse("2026-11-23T10:00:00Z");

	/** How often it is still to be killed, where the seed decides. */
	int kills;

	/** Whether apply passes over what it is asked. */
	boolean passingOver;

	Duration publishingTakes = Duration.ZERO;

	/** The kinds that a FULL run lists. */
	List<ObjectKind> listed = List.of(ObjectKind.USER, ObjectKind.GROUP);

	/** Commands that the database was sent. */
	int roundTrips;

	private final MongoClient client;

	private final Random random;

	private long offset;

	private final List<RunMarker> liveMarkers = new ArrayList<>();

	private int applied;

	private int bulkBeforeRelease;

	private long revisions;

	private Owned owned;

	CoordinateWorld(long seed, int walked) {
		this.random = new Random(seed);
		this.client = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(RealServices.mongoUri()))
			.writeConcern(WriteConcern.MAJORITY)
			.readConcern(ReadConcern.MAJORITY)
			.addCommandListener(new CommandListener() {

				@Override
				public void commandStarted(CommandStartedEvent event) {
					CoordinateWorld.this.roundTrips++;
				}

			})
			.build());
		this.database = this.client.getDatabase(RealServices.freshMongoDatabase("coordinate-world"));
		this.storage = new Storage(this.database);
		this.storage.prepare();
		this.ports = new Ports(mortal(Coordinations.class, new MongoCoordinations(this.database, this.storage)),
				mortal(Runs.class, new MongoRuns(this.database)),
				mortal(StagedEntries.class, new MongoStagedEntries(this.database)),
				mortal(ToDecide.class, new MongoToDecide(this.database)),
				mortal(Directory.class, new MongoDirectory(this.database, walked)),
				mortal(Nestings.class, new MongoNestings(this.database, walked)),
				mortal(Connections.class, new MongoConnections(this.database)), mortal(Outbound.class, this),
				() -> this.now);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		active();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		close();
	}

	/** A connection that is active, and whose first RULES run is over. */
	CoordinateWorld active() {
		status(ConnectionStatus.ACTIVE);
		settle();
		this.events.clear();
		return this;
	}

	void status(ConnectionStatus status) {
		tell(new Progress.ConnectionChanged(ACME, C1, SOURCE, status, "Acme", this.now));
	}

	/** Tells something, now stored as the coordinator's consumer stores it. */
	void tell(Progress event) {
		tellAt(this.offset++, event);
	}

	void lose() {
		tellAt(this.offset++, null);
	}

	void tellAt(long at, Progress event) {
		new MongoCoordinations(this.database, this.storage)
			.add(List.of(new Told(KNOWN, new Position("topic", at), event)));
	}

	long told() {
		return this.offset - 1;
	}

	/** Folds, acts and applies until nothing more happens. */
	void settle() {
		boolean more = true;
		while (more) {
			more = coordinate() | apply();
		}
	}

	/** Folds and acts until nothing is to be done now. */
	boolean coordinate() {
		boolean did = false;
		while (true) {
			try {
				if (this.owned == null) {
					this.owned = new Owned(this.ports, KNOWN);
				}
				Acting acting = new Acting(this.owned);
				while (Folding.next(this.owned) | acting.act()) {
					did = true;
				}
				return did;
			}
			catch (Killed ex) {
				this.owned = null;
			}
		}
	}

	void restart() {
		this.owned = null;
	}

	void pass(Duration time) {
		this.now = this.now.plus(time);
		settle();
	}

	/** Apply goes on behind what was taken away. */
	void applyFromHere() {
		this.applied = this.bulk.size();
	}

	/**
	 * Plays apply on what runs ask, and on the markers of readings that were cut off:
	 * whether there was anything to apply.
	 */
	private boolean apply() {
		boolean did = this.applied < this.bulk.size() || !this.liveMarkers.isEmpty();
		List<RunMarker> markers = List.copyOf(this.liveMarkers);
		this.liveMarkers.clear();
		if (!this.passingOver) {
			markers.forEach((marker) -> reached(marker, Topics.OBSERVATIONS));
		}
		while (this.applied < this.bulk.size()) {
			OfPartition record = this.bulk.get(this.applied++);
			if (this.passingOver) {
				continue;
			}
			if (record instanceof RunMarker marker) {
				reached(marker, Topics.SNAPSHOTS);
				continue;
			}
			Tally changed = Tally.NONE;
			if (record instanceof ObjectsUnseen unseen) {
				// Who is staged stays so: it is told again, with the same revision.
				tell(new Staged(ACME, C1, unseen.run().id(),
						unseen.objects()
							.stream()
							.map((object) -> entry(object.value(), GuardedKind.ACCOUNTS, 1))
							.toList()));
			}
			if (record instanceof StagedReleased releasing) {
				releasing.entries().forEach((entry) -> this.released.add(entry.id()));
				changed = new Tally(Map.of(Tally.Kind.ACCOUNT_DEACTIVATED, (long) releasing.entries().size()),
						Map.of());
			}
			tell(new Progress.RecordsApplied(ACME, C1, record.run().id(), record.run().mode(), record.run().phase(),
					Topics.SNAPSHOTS, record.partition(), record.run().number(), record.run().number(), changed));
		}
		return did;
	}

	private void reached(RunMarker marker, String topic) {
		tell(new Progress.PhaseEndReached(ACME, C1, marker.id(), marker.mode(), marker.phase(), topic,
				marker.partition(), marker.records(), marker.startedAt()));
	}

	void stage(RunId run, String... objects) {
		stage(run, GuardedKind.ACCOUNTS, objects);
	}

	void stage(RunId run, GuardedKind kind, String... objects) {
		List<Staged.Entry> staged = new ArrayList<>();
		for (String object : objects) {
			staged.add(entry(object, kind, ++this.revisions));
		}
		tell(new Staged(ACME, C1, run, staged));
	}

	static Staged.Entry entry(String object, GuardedKind kind, long revision) {
		return new Staged.Entry(new ObjectId(object), "a-" + object, kind,
				(kind == GuardedKind.MEMBERSHIPS) ? "t1" : null, "Name of " + object, Reason.of(Reason.Code.DELETED),
				revision);
	}

	/** As many users as that, {@code u0} and so on. */
	static String[] users(int from, int to) {
		String[] users = new String[to - from];
		for (int i = from; i < to; i++) {
			users[i - from] = "u" + i;
		}
		return users;
	}

	/** Stages without a run, and waits until the guard has judged it. */
	void leave(String... objects) {
		stage(null, objects);
		settle();
		pass(Coordination.QUIET);
	}

	/** Has more leave than may go; their held set. */
	SetHeld held(int users) {
		leave(users(0, users));
		return events(SetHeld.class).getLast();
	}

	/** A person judges a held set, and all that follows is done. */
	void judge(String hash, boolean approved, List<String> only) {
		tell(new Progress.HeldSetJudged(ACME, C1, hash, approved, only, "olga", this.now));
		settle();
	}

	void containerChanged(RunId run, ContainerKind kind, String object) {
		tell(new ContainersChanged(ACME, C1, run,
				List.of(new ContainersChanged.Container(kind, new ObjectId(object)))));
	}

	/** Apply passes the connection over from now on. */
	void setAside(Problem problem) {
		tell(new Progress.SettingAside(ACME, C1, problem, this.now));
		settle();
	}

	RunId reading(String id, RunMode mode, RunTrigger trigger) {
		RunId run = new RunId(id);
		tell(new Progress.ReadingStarted(ACME, C1, run, mode, trigger, null, START, this.now));
		return run;
	}

	/** A whole reading that published so many records to each partition. */
	void read(RunId run, RunMode mode, int records) {
		String topic = (mode == RunMode.FULL) ? Topics.SNAPSHOTS : Topics.OBSERVATIONS;
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			if (records > 0) {
				tell(new Progress.RecordsApplied(ACME, C1, run, mode, RunPhase.READ, topic, partition, 1, records,
						Tally.NONE));
			}
			marker(run, mode, topic, partition, records);
		}
		ended(run, mode, null);
	}

	void marker(RunId run, RunMode mode, String topic, int partition, int records) {
		tell(new Progress.PhaseEndReached(ACME, C1, run, mode, RunPhase.READ, topic, partition, records, START));
	}

	void ended(RunId run, RunMode mode, Problem abandoned) {
		tell(new Progress.ReadingEnded(ACME, C1, run, new ReadCounts(7, 2, 0, 0, 3, 0, 4),
				(mode == RunMode.FULL) ? this.listed : List.of(),
				List.of((mode == RunMode.FULL) ? Topics.SNAPSHOTS : Topics.OBSERVATIONS), abandoned, this.now));
	}

	void user(String object, Stamp whole, String... in) {
		fact(object, "USER", whole, in);
	}

	/** As many users as that. */
	void users(int count, Stamp whole, String... in) {
		List<Document> facts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			facts.add(factOf("u" + i, "USER", whole, in));
		}
		block(this.database.getCollection("facts").insertMany(facts));
	}

	void fact(String object, String kind, Stamp whole, String... in) {
		block(this.database.getCollection("facts").insertOne(factOf(object, kind, whole, in)));
	}

	private static Document factOf(String object, String kind, Stamp whole, String... in) {
		Document fact = new Document("_id", C1 + ":" + object).append("organization", ACME.value())
			.append("connection", C1.value())
			.append("kind", kind)
			.append("in", List.of(in));
		if (whole != null) {
			fact.append("whole",
					new Document("stamp", new Document("s", whole.sequence().value()).append("i", whole.index())));
		}
		return fact;
	}

	/** A group that lives. */
	void group(String object, String... in) {
		Document group = factOf(object, "GROUP", START, in);
		group.get("whole", Document.class).append("attributes", new Document("displayName", object));
		block(this.database.getCollection("facts").insertOne(group));
	}

	/** Has a group or unit show its members only to those who may see hidden ones. */
	void hideMembersOf(String object) {
		block(this.database.getCollection("facts")
			.updateOne(new Document("_id", C1 + ":" + object),
					new Document("$set", new Document("whole.attributes.visibility", "HiddenMembership"))));
	}

	/** Puts an object into other containers. */
	void move(String object, String... in) {
		block(this.database.getCollection("facts")
			.updateOne(new Document("_id", C1 + ":" + object), new Document("$set", new Document("in", List.of(in)))));
	}

	/** Rules hold from now on, and all that follows is done. */
	void publish(Rules rules) {
		new MongoConnections(this.database).add(C1, rules, "ada", this.now);
		tell(new Progress.RulesChanged(ACME, C1, rules.version(), "ada", null, this.now));
		settle();
	}

	/** What is above a group, as it is stored; null where nothing is. */
	List<String> above(String group) {
		Document found = block(this.database.getCollection("nestings").find(new Document("_id", C1 + ":" + group)));
		return (found != null) ? found.getList("above", String.class) : null;
	}

	void accounts(int count) {
		List<Document> accounts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			accounts.add(new Document("_id", ACME + ":a" + i).append("organization", ACME.value())
				.append("connection", C1.value())
				.append("status", "ACTIVE"));
		}
		block(this.database.getCollection("accounts").insertMany(accounts));
	}

	<E extends Event> List<E> events(Class<E> type) {
		return this.events.values().stream().filter(type::isInstance).map(type::cast).toList();
	}

	/** The objects of all records of a kind, in order, each as often as it came. */
	static <R extends OfPartition> List<String> objects(List<OfPartition> records, Class<R> type,
			Function<R, List<ObjectId>> objects) {
		return records.stream()
			.filter(type::isInstance)
			.map(type::cast)
			.flatMap((record) -> objects.apply(record).stream())
			.map(ObjectId::value)
			.toList();
	}

	List<String> releasedLive() {
		return this.live.stream()
			.filter(StagedReleased.class::isInstance)
			.flatMap((record) -> ((StagedReleased) record).entries().stream())
			.map(StagedReleased.Entry::id)
			.toList();
	}

	long count(String collection) {
		return block(this.database.getCollection(collection).countDocuments());
	}

	@Override
	public int partitionOf(ObjectKey object) {
		byte[] key = object.toString().getBytes(StandardCharsets.UTF_8);
		return Math.floorMod(Arrays.hashCode(key), Topics.PARTITIONS);
	}

	@Override
	public void publish(List<Message> published) {
		this.now = this.now.plus(this.publishingTakes);
		for (Message message : published) {
			Event event = EventFormat.json().readValue(message.value(), EventTypes.find(message.type()));
			if (Topics.SNAPSHOTS.equals(message.topic())) {
				this.bulk.add((OfPartition) event);
			}
			else if (!Topics.OBSERVATIONS.equals(message.topic())) {
				this.events.put(message.id(), event);
			}
			else if (event instanceof RunMarker marker) {
				this.liveMarkers.add(marker);
			}
			else {
				this.live.add((OfPartition) event);
				if (event instanceof StagedReleased) {
					this.bulkBeforeRelease = this.bulk.size();
				}
			}
		}
	}

	/** How much of what runs ask was published before something was released live. */
	int bulkBeforeRelease() {
		return this.bulkBeforeRelease;
	}

	@Override
	public void close() {
		this.client.close();
	}

	<T> T block(Publisher<T> publisher) {
		return Flux.from(publisher).blockLast(Duration.ofSeconds(20));
	}

	private <T> T mortal(Class<T> type, T port) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, args) -> {
				maybeKill();
				try {
					Object answer = method.invoke(port, args);
					maybeKill();
					return answer;
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	private void maybeKill() {
		if (this.kills > 0 && this.random.nextInt(15) == 0) {
			this.kills--;
			throw new Killed();
		}
	}

	/** The process is gone. */
	private static final class Killed extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
