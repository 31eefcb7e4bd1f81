package io.rollcall.reconciler;

import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.model.RunId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.run.RunEvent.RunEnded;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.apply.Kills;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interrupts apply after each single step, several times, on real positions of a real
 * group: no change may be lost, none may reach a reader twice that dedupes by id.
 */
class InterruptionsTests {

	private static final int USERS = 40;

	/** One more, and the connection would be set aside. */
	private static final int TIMES = 4;

	private static volatile Kills kills = Kills.NONE;

	private static PrivateKafka kafka;

	private static MongoPorts ports;

	private static RunningReconciler reconciler;

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		String database = RealServices.freshMongoDatabase("interruptions-tests");
		ports = MongoPorts.at(RealServices.mongoUri(), database);
		reconciler = RunningReconciler.wrapped(kafka.bootstrapServers(), RealServices.mongoUri(), database,
				RunningReconciler.with((step) -> kills.at(step)));
	}

	@AfterAll
	static void stop() {
		reconciler.close();
		ports.close();
		kafka.close();
	}

	@ParameterizedTest
	@EnumSource(value = Kills.Step.class, mode = EnumSource.Mode.EXCLUDE, names = "PUBLISH")
	void losesNothingAndDoublesNothingWhenInterruptedAfter(Kills.Step step) {
		AtomicInteger interrupted = new AtomicInteger();
		try (Contoso tenant = new Contoso(kafka.bootstrapServers(), "interrupted-" + step.name().toLowerCase());
				Readers readers = new Readers(kafka.bootstrapServers(), ports, tenant).activated()) {
			tenant.group("g0", "Group 0").group("g1", "Group 1");
			for (int i = 0; i < USERS; i++) {
				tenant.person("u" + i, "User " + i, "g" + i % 2);
			}
			RunEnded first = readers.ended(interruptedRun(tenant, step, interrupted));
			assertThat(first.applied().count(Tally.Kind.ACCOUNT_CREATED)).isGreaterThanOrEqualTo(USERS);
			assertThat(interrupted).hasPositiveValue();
			readers.awaitTruth();
			tenant.people.remove("u0");
			tenant.person("u1", "Renamed", "g1").person("u2", "User 2");
			RunEnded second = readers.ended(interruptedRun(tenant, step, interrupted));
			assertThat(second.applied().count(Tally.Kind.ACCOUNT_CREATED)).isZero();
			readers.awaitTruth();
			assertThat(readers.changesOf("u1")).containsExactly("CREATED", "UPDATED");
		}
		finally {
			kills = Kills.NONE;
		}
	}

	private static RunId interruptedRun(Contoso tenant, Kills.Step step, AtomicInteger interrupted) {
		interrupted.set(0);
		kills = (done) -> {
			if (done == step && interrupted.incrementAndGet() <= TIMES) {
				throw new IllegalStateException("interrupted after " + step);
			}
		};
		return tenant.fullRun(RunTrigger.SCHEDULE);
	}

}
