package io.rollcall.connector.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.test.RealServices;
import io.rollcall.connector.flow.SyncStates.OwnershipLost;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.connector.rules.SyncState.Chain;
import io.rollcall.connector.rules.SyncState.Failing;
import io.rollcall.connector.rules.SyncState.Hinted;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Refused;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which requests for runs stay, in a real database. */
class MongoSyncStatesTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final SourceId SOURCE = new SourceId("global/t/a");

	private static final ConnectionId ACME = new ConnectionId("acme");

	private static final Requested RESYNC = new Requested(RunMode.FULL, RunTrigger.RESYNC, null);

	private static final Requested DELTA = new Requested(RunMode.DELTA, RunTrigger.MANUAL, "grace");

	private final MongoClient client = MongoClients.create(RealServices.mongoUri());

	private final MongoDatabase database = this.client
		.getDatabase("states-" + UUID.randomUUID().toString().substring(0, 8));

	private final MongoSyncStates states = new MongoSyncStates(this.database);

	@AfterEach
	void stop() {
		Mono.from(this.database.drop()).block(LONG);
		this.client.close();
	}

	@Test
	void lessDoesNotReplaceAFullRunThatIsWanted() {
		this.states.requested(ACME, DELTA);
		assertThat(requested()).isEqualTo(DELTA);
		this.states.resyncWanted(ACME, NOW);
		assertThat(requested()).isEqualTo(RESYNC);
		this.states.requested(ACME, DELTA);
		assertThat(requested()).isEqualTo(RESYNC);
	}

	@Test
	void whatIsWantedWhileARunBeginsIsNotTakenForHeard() {
		this.states.requested(ACME, DELTA);
		SyncState state = this.states.claim(ACME, SOURCE, NOW);
		this.states.resyncWanted(ACME, NOW);
		assertThat(this.states.saveHeard(begun(state, DELTA), DELTA).requested()).isEqualTo(RESYNC);
		assertThat(this.states.find(ACME).position().run()).isNotNull();
	}

	@Test
	void whatIsHeardIsNoLongerWanted() {
		this.states.requested(ACME, DELTA);
		SyncState state = this.states.claim(ACME, SOURCE, NOW);
		assertThat(this.states.saveHeard(begun(state, DELTA), DELTA).requested()).isNull();
	}

	@Test
	void aFullRunThatBeganSinceAnswersTheLoss() {
		SyncState state = this.states.claim(ACME, SOURCE, NOW);
		this.states.save(begun(state, RESYNC));
		this.states.resyncWanted(ACME, NOW.minusSeconds(60));
		assertThat(requested()).isNull();
		this.states.resyncWanted(ACME, NOW);
		assertThat(requested()).isNull();
		this.states.resyncWanted(ACME, NOW.plusMillis(1));
		assertThat(requested()).isEqualTo(RESYNC);
	}

	private Requested requested() {
		return this.states.find(ACME).requested();
	}

	private static SyncState begun(SyncState state, Requested request) {
		return state.at(state.position().began(Run.begin(new RunId("r"), request, Stamp.NONE, NOW)));
	}

	@Test
	void keepsAllOfAPositionAndWhatHintsAddedMeanwhile() {
		SyncState state = this.states.claim(ACME, SOURCE, NOW);
		Run run = Run.begin(new RunId("r"), DELTA, new Stamp(Sequence.of(5, 6), 7), NOW)
			.sent(Topics.SNAPSHOTS, 3)
			.counted(new ReadCounts(1, 2, 3, 4, 5, 6, 7));
		Position position = state.position()
			.with(Resource.USERS, Chain.NONE.replaced("d", List.of("mail"), NOW).asked(3, NOW).after("n", null))
			.began(run)
			.ended(run, new Problem(Problem.Code.LINK_EXPIRED, Map.of("detail", "gone"), false))
			.withFailing(new Failing("USERS", new Problem(Problem.Code.GRAPH_FAILED, Map.of(), false), NOW))
			.withRefused(new Refused(4, List.of("departmnt")))
			.read(NOW)
			.withStale(true);
		this.states.hinted(SOURCE, List.of(Resource.USERS), NOW);
		SyncState saved = this.states.save(state.at(position));
		assertThat(saved.position()).isEqualTo(position);
		assertThat(saved.hinted(Resource.USERS)).isEqualTo(new Hinted(2, NOW));
		assertThat(saved.isDirty(Resource.USERS)).isTrue();
		assertThat(this.states.find(ACME)).isEqualTo(saved);
	}

	@ParameterizedTest
	@CsvSource({ "0,28209600", "28209599,28209600", "28209600,28209601", "28300000,28300001" })
	void raisesTheEpochWithTheSecondsAndAlwaysByOne(long previous, long next) {
		Mono.from(this.database.getCollection("syncStates")
			.insertOne(new Document("_id", ACME.value()).append("epoch", previous))).block(LONG);
		assertThat(this.states.claim(ACME, SOURCE, NOW).epoch()).isEqualTo(next);
	}

	@Test
	void refusesWhatAFormerOwnerWrites() {
		SyncState former = this.states.claim(ACME, SOURCE, NOW);
		SyncState present = this.states.claim(ACME, SOURCE, NOW);
		assertThat(present.epoch()).isEqualTo(former.epoch() + 1);
		assertThatExceptionOfType(OwnershipLost.class).isThrownBy(() -> this.states.save(former));
		assertThatExceptionOfType(OwnershipLost.class).isThrownBy(() -> this.states.raiseEpoch(former));
		this.states.hintsLost();
		assertThat(Resource.ALL).allMatch(this.states.save(present)::isDirty);
	}

}
