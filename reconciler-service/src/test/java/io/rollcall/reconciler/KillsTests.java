package io.rollcall.reconciler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.rollcall.model.SourceId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.kafka.ProgressConsumer;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.PrivateMongo;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.Test;

/**
 * The database, the brokers and the reconciler, each a process or server of its own, end
 * without a warning in the middle of changes: everything ends as it is in the tenant, and
 * every change is told once.
 */
class KillsTests {

	private static final String DATABASE = "kills-tests";

	private static final int PEOPLE = 30;

	private static final int GROUPS = 4;

	private final long seed = System.nanoTime();

	private final Random random = new Random(this.seed);

	private final Set<String> swapped = new HashSet<>();

	private int newcomers;

	@Test
	void everythingEndsAsItIsInTheTenantWhateverIsKilledAmidChanges() {
		List<Kill> kills = new ArrayList<>(List.of(Kill.values()));
		Collections.shuffle(kills, this.random);
		try {
			killAmidChanges(kills);
		}
		catch (Exception | AssertionError ex) {
			throw new AssertionError("with seed %d and kills %s".formatted(this.seed, kills), ex);
		}
	}

	private void killAmidChanges(List<Kill> kills) throws Exception {
		try (PrivateKafka kafka = PrivateKafka.start();
				PrivateMongo mongo = PrivateMongo.start();
				MongoPorts ports = MongoPorts.at(mongo.uri(), DATABASE);
				Contoso tenant = new Contoso(kafka.bootstrapServers(), "killed");
				Killable reconciler = new Killable(kafka.bootstrapServers(), mongo.uri())) {
			try (Readers readers = new Readers(kafka.bootstrapServers(), ports, tenant).activated()) {
				begin(tenant, ports);
				readers.ended(tenant.fullRun(RunTrigger.ACTIVATION));
				for (Kill kill : kills) {
					changes(tenant, 60);
					switch (kill) {
						case DATABASE -> mongo.kill();
						case BROKERS -> {
							kafka.stop();
							kafka.startAgain();
						}
						case RECONCILER -> reconciler.kill();
					}
					changes(tenant, 20);
					switch (kill) {
						case DATABASE -> mongo.startAgain();
						case BROKERS -> {
						}
						case RECONCILER -> reconciler.start();
					}
				}
				changes(tenant, 60);
				readers.awaitTruth();
			}
		}
	}

	/** A tenant whose guard lets everything through. */
	private static void begin(Contoso tenant, MongoPorts ports) {
		Rules standard = Rules.standard();
		Rules.Limit none = new Rules.Limit(100, 100_000, 100_000);
		ports.save(new Connection(tenant.connection, tenant.organization, new SourceId("global/tenant/application"),
				"Contoso", ConnectionStatus.ACTIVE, standard.with(new Rules.Guard(none, none, none, none)), false,
				Set.of()));
		for (int i = 0; i < GROUPS; i++) {
			tenant.group("g" + i, "Group " + i);
		}
		for (int i = 0; i < PEOPLE; i++) {
			tenant.person("u" + i, "User " + i, "g" + i % GROUPS);
		}
	}

	private void changes(Contoso tenant, int count) {
		for (int i = 0; i < count; i++) {
			change(tenant);
		}
	}

	/**
	 * Who went does not come back, as that is read by id, and never had another's
	 * address, as it is for a person to say whether somebody new may have it.
	 */
	private void change(Contoso tenant) {
		String one = any(tenant.people.keySet());
		Contoso.Person person = tenant.people.get(one);
		switch (this.random.nextInt(12)) {
			case 0 -> {
				String object = "n" + this.newcomers++;
				tenant.person(object, "Newcomer " + object).livePerson(object);
			}
			case 1 -> {
				if (tenant.people.size() > PEOPLE / 2 && !this.swapped.contains(one)) {
					tenant.people.remove(one);
					tenant.livePerson(one);
				}
			}
			case 2 -> swapAddresses(tenant, one, any(tenant.people.keySet()));
			case 3 -> {
				String group = any(tenant.groups.keySet());
				tenant.group(group, "Group " + this.random.nextInt(1_000)).liveGroup(group);
			}
			case 4, 5, 6, 7 -> {
				String group = any(tenant.groups.keySet());
				Set<String> groups = new LinkedHashSet<>(person.groups());
				if (!groups.remove(group)) {
					groups.add(group);
				}
				tenant.people.put(one, new Contoso.Person(person.name(), person.mail(), groups));
				tenant.liveMembership(one, group);
			}
			default -> {
				tenant.people.put(one,
						new Contoso.Person("User " + this.random.nextInt(1_000), person.mail(), person.groups()));
				tenant.livePerson(one);
			}
		}
	}

	private void swapAddresses(Contoso tenant, String one, String other) {
		Contoso.Person first = tenant.people.get(one);
		Contoso.Person second = tenant.people.get(other);
		if (!one.equals(other)) {
			this.swapped.addAll(List.of(one, other));
			tenant.people.put(one, new Contoso.Person(first.name(), second.mail(), first.groups()));
			tenant.people.put(other, new Contoso.Person(second.name(), first.mail(), second.groups()));
			tenant.livePerson(one);
			tenant.livePerson(other);
		}
	}

	private String any(Set<String> some) {
		return List.copyOf(some).get(this.random.nextInt(some.size()));
	}

	private enum Kill {

		DATABASE, BROKERS, RECONCILER

	}

	/** The reconciler as a process. */
	private static final class Killable implements AutoCloseable {

		private final String brokers;

		private final String mongo;

		private Process process;

		private Killable(String brokers, String mongo) {
			this.brokers = brokers;
			this.mongo = mongo;
			this.process = started();
		}

		private void start() {
			this.process = started();
		}

		private Process started() {
			try {
				return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx400m",
						"--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-cp",
						System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						ReconcilerApplication.class.getName(), "--server.port=0", "--rollcall.kafka.replicas=1",
						"--rollcall.kafka.brokers=" + this.brokers, "--rollcall.mongodb.uri=" + this.mongo,
						"--rollcall.mongodb.database=" + DATABASE)
					.redirectErrorStream(true)
					.redirectOutput(Path.of("target", "kills-tests.log").toFile())
					.start();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/**
		 * As {@code kill -9} does; its groups do not wait for the 45 seconds after which
		 * they would miss it.
		 */
		private void kill() throws Exception {
			close();
			try (Admin admin = Admin.create(Map.of("bootstrap.servers", this.brokers))) {
				for (String group : List.of("rollcall-reconciler", ProgressConsumer.GROUP)) {
					admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
						.all()
						.get();
				}
			}
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
			this.process.onExit().join();
		}

	}

}
