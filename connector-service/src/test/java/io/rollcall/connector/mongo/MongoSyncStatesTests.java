package io.rollcall.connector.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.rules.Lane;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.RunInHand;
import io.rollcall.connector.rules.Step;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Which requests for runs stay, in a real database. */
class MongoSyncStatesTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

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
		this.states.requested(ACME, DELTA).block(LONG);
		assertThat(requested()).isEqualTo(DELTA);
		this.states.resyncWanted(ACME, NOW).block(LONG);
		assertThat(requested()).isEqualTo(RESYNC);
		this.states.requested(ACME, DELTA).block(LONG);
		assertThat(requested()).isEqualTo(RESYNC);
	}

	@Test
	void whatIsWantedWhileARunBeginsIsNotTakenForHeard() {
		this.states.requested(ACME, DELTA).block(LONG);
		SyncState state = this.states.claim(ACME, NOW).block(LONG);
		this.states.resyncWanted(ACME, NOW).block(LONG);
		assertThat(this.states.saveHeard(begun(state, DELTA, Lane.LIVE, NOW), DELTA).block(LONG).requested())
			.isEqualTo(RESYNC);
		assertThat(this.states.peek(ACME).block(LONG).delta()).isNotNull();
	}

	@Test
	void whatIsHeardIsNoLongerWanted() {
		this.states.requested(ACME, DELTA).block(LONG);
		SyncState state = this.states.claim(ACME, NOW).block(LONG);
		assertThat(this.states.saveHeard(begun(state, DELTA, Lane.LIVE, NOW), DELTA).block(LONG).requested()).isNull();
	}

	@Test
	void aFullRunThatBeganSinceAnswersTheLoss() {
		SyncState state = this.states.claim(ACME, NOW).block(LONG);
		this.states.save(begun(state, RESYNC, Lane.BULK, NOW)).block(LONG);
		this.states.resyncWanted(ACME, NOW.minusSeconds(60)).block(LONG);
		assertThat(requested()).isNull();
		this.states.resyncWanted(ACME, NOW).block(LONG);
		assertThat(requested()).isNull();
		this.states.resyncWanted(ACME, NOW.plusMillis(1)).block(LONG);
		assertThat(requested()).isEqualTo(RESYNC);
	}

	private Requested requested() {
		return this.states.peek(ACME).block(LONG).requested();
	}

	private static SyncState begun(SyncState state, Requested request, Lane lane, Instant now) {
		Step.StartRun start = new Step.StartRun(request.mode(), request.trigger(), request.by(), Resource.ALL);
		return state.began(start, lane, RunInHand.begin(new RunId("r"), start, Stamp.NONE, 1, now), now);
	}

}
