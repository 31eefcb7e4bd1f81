package io.rollcall.reconciler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.rollcall.model.RunId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.apply.Kills;
import io.rollcall.reconciler.flow.coordinate.Directory;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.PrivateMongo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The brokers or the database go away in the middle of a FULL run, while a batch is
 * applied and once more while the coordinator sweeps: the service says so, goes on by
 * itself when they are back, and ends the same.
 */
class OutageTests {

	private static final String DATABASE = "outage-tests";

	private static final int USERS = 300;

	private static final Duration LONG = Duration.ofSeconds(90);

	private final Hold applying = new Hold();

	private final Hold sweeping = new Hold();

	@Test
	void aRunEndsTheSameWhenTheBrokersWereAway() {
		try (PrivateKafka kafka = PrivateKafka.start(); PrivateMongo mongo = PrivateMongo.start()) {
			outages(kafka, mongo, kafka::stop, kafka::startAgain, "kafka");
		}
	}

	@Test
	void aRunEndsTheSameWhenTheDatabaseWasAway() {
		try (PrivateKafka kafka = PrivateKafka.start(); PrivateMongo mongo = PrivateMongo.start()) {
			outages(kafka, mongo, mongo::kill, mongo::startAgain, "mongo");
		}
	}

	private void outages(PrivateKafka kafka, PrivateMongo mongo, Runnable stop, Runnable startAgain, String what) {
		try (MongoPorts ports = MongoPorts.at(mongo.uri(), DATABASE);
				Contoso tenant = new Contoso(kafka.bootstrapServers(), "away");
				RunningReconciler reconciler = RunningReconciler.wrapped(kafka.bootstrapServers(), mongo.uri(),
						DATABASE, this::held, "--rollcall.mongodb.answer-within=2s")) {
			tenant.group("g0", "Group 0");
			for (int i = 0; i < USERS; i++) {
				tenant.person("u" + i, "User " + i, "g0");
			}
			Awaitility.await().atMost(LONG).until(reconciler::isReady);
			try (Readers readers = new Readers(kafka.bootstrapServers(), ports, tenant).activated()) {
				RunId run = tenant.fullRun(RunTrigger.SCHEDULE);
				outage(this.applying, reconciler, stop, startAgain, what);
				outage(this.sweeping, reconciler, stop, startAgain, what);
				RunEvent.RunEnded ended = readers.ended(run);
				assertThat(ended.outcome()).isEqualTo(RunEvent.Outcome.COMPLETED);
				assertThat(ended.problem()).isNull();
				assertThat(ended.applied().count(Tally.Kind.ACCOUNT_CREATED)).isGreaterThanOrEqualTo(USERS);
				readers.awaitTruth();
				assertThat(readers.ends(run)).hasSize(1);
			}
		}
	}

	private static void outage(Hold hold, RunningReconciler reconciler, Runnable stop, Runnable startAgain,
			String what) {
		assertThat(Hold.await(hold.reached)).isTrue();
		stop.run();
		hold.away.countDown();
		Awaitility.await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
			Rest.Answer readiness = reconciler.rest().get("/actuator/health/readiness");
			assertThat(readiness.status()).isEqualTo(503);
			assertThat(readiness.body().get("components").get(what).get("status").asString()).isEqualTo("DOWN");
		});
		startAgain.run();
		Awaitility.await().atMost(LONG).until(reconciler::isReady);
	}

	/** Holds up what applies and what sweeps until what it needs is away. */
	private Object held(Object bean) {
		return switch (bean) {
			case Ports ports -> new Ports(ports.coordinations(), ports.runs(), ports.entries(), ports.toDecide(),
					held(ports.directory()), ports.nestings(), ports.connections(), ports.outbound(), ports.clock());
			default -> RunningReconciler.with((step) -> {
				if (step == Kills.Step.FACTS) {
					this.applying.untilAway();
				}
			}).apply(bean);
		};
	}

	private Directory held(Directory directory) {
		return (Directory) Proxy.newProxyInstance(OutageTests.class.getClassLoader(),
				new Class<?>[] { Directory.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("unseen")) {
						this.sweeping.untilAway();
					}
					try {
						return method.invoke(directory, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

	/** Where something waits until what it needs is away; afterwards nothing waits. */
	private static final class Hold {

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch away = new CountDownLatch(1);

		private void untilAway() {
			this.reached.countDown();
			await(this.away);
		}

		private static boolean await(CountDownLatch latch) {
			try {
				return latch.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

	}

}
