package io.rollcall.standalone;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.rollcall.embedded.Ports;
import io.rollcall.standalone.furniture.CaughtMail;
import io.rollcall.standalone.furniture.MailCatcher;
import io.rollcall.standalone.furniture.SimulatedTenant;
import io.rollcall.standalone.services.FirstConnection;
import io.rollcall.standalone.services.ServicePorts;
import io.rollcall.standalone.services.Services;
import io.rollcall.standalone.services.Surroundings;
import io.rollcall.test.RealServices;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All services, a simulated tenant and a mail catcher in this JVM, on the Kafka and
 * MongoDB of {@link RealServices}, with fresh topics and databases. One at a time: topics
 * and databases have fixed names.
 *
 * <pre>
 * try (RunningRollcall rollcall = RunningRollcall.start(100)) {
 * 	rollcall.awaitFirstSync();
 * 	rollcall.tenant().act("rename user:3 \"Grace Hopper\"");
 * 	rollcall.awaitAlert((alert) -> alert.path("title").asString().contains("Grace Hopper"));
 * }
 * </pre>
 */
public final class RunningRollcall implements AutoCloseable {

	public static final String ORGANIZATION = FirstConnection.ORGANIZATION;

	public static final String CONNECTION = FirstConnection.CONNECTION;

	private static final Duration LONGEST = Duration.ofSeconds(120);

	private final Deque<AutoCloseable> running = new ArrayDeque<>();

	private final MailCatcher mail;

	private final Services services;

	private final TenantControl tenant;

	private RunningRollcall(int people, FirstConnection first, String... settings) {
		RealServices.freshTopics();
		List.of("rollcall-connector", "rollcall-reconciler", "rollcall-notifier")
			.forEach(RealServices::freshMongoDatabase);
		try {
			this.mail = started(MailCatcher.start(0, 0));
			SimulatedTenant simulated = started(SimulatedTenant.start(new SimulatedTenant.Plan(0, people, 1, 0, null)));
			this.tenant = new TenantControl(simulated.url());
			this.services = started(
					Services
						.start(new ServicePorts(Ports.free(), Ports.free(), Ports.free(), Ports.free()),
								new Surroundings(RealServices.kafkaBrokers(), RealServices.mongoUri(),
										this.mail.smtpUrl(), simulated.url(), randomKey(), this.mail.pageUrl()),
								first, settings));
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Starts with a quiet tenant of so many people, the same ones every time.
	 * @param settings of all services, such as {@code --rollcall.sync.manual-every=1s}
	 */
	public static RunningRollcall start(int people, String... settings) {
		return new RunningRollcall(people,
				new FirstConnection(SimulatedTenant.DOMAIN, SimulatedTenant.CLIENT_ID, SimulatedTenant.CLIENT_SECRET),
				settings);
	}

	/** Starts with a secret that the tenant does not know. */
	public static RunningRollcall startWithWrongSecret(int people, String... settings) {
		return new RunningRollcall(people,
				new FirstConnection(SimulatedTenant.DOMAIN, SimulatedTenant.CLIENT_ID, "not-the-secret"), settings);
	}

	/** What happens in the tenant. */
	public TenantControl tenant() {
		return this.tenant;
	}

	public URI connector() {
		return this.services.ports().connectorUrl();
	}

	public URI reconciler() {
		return this.services.ports().reconcilerUrl();
	}

	public URI notifier() {
		return this.services.ports().notifierUrl();
	}

	public URI console() {
		return this.services.ports().consoleUrl();
	}

	/** Until the first FULL run is complete. */
	public void awaitFirstSync() {
		awaitRun((run) -> "FULL".equals(run.path("mode").asString()));
	}

	/** Until a complete run is such, told by its event. */
	public JsonNode awaitRun(Predicate<JsonNode> such) {
		try (RunTopic runs = new RunTopic(RealServices.kafkaBrokers())) {
			return Awaitility.await("a complete run")
				.atMost(LONGEST)
				.pollDelay(Duration.ZERO)
				.until(() -> runs.completed().filter(such).findFirst(), Optional::isPresent)
				.orElseThrow();
		}
	}

	/** The accounts of the organization, at most 200. */
	public List<JsonNode> accounts() {
		return Rest
			.items(Rest.get(this.reconciler().resolve("/api/organizations/" + ORGANIZATION + "/accounts?limit=200")));
	}

	/** All pages of {@code accounts} or {@code teams}. */
	public List<JsonNode> every(String what) {
		List<JsonNode> all = new ArrayList<>();
		for (@Nullable
		String cursor = ""; cursor != null;) {
			JsonNode page = Rest.get(reconciler()
				.resolve("/api/organizations/%s/%s?limit=1000%s".formatted(ORGANIZATION, what, cursor)));
			all.addAll(Rest.items(page));
			cursor = page.path("next").isString() ? "&cursor=" + page.path("next").asString() : null;
		}
		return all;
	}

	/** Until everything is as the tenant is. */
	public void awaitTruth() {
		new Oracle(this).awaitTruth();
	}

	/** Until there is such an account. */
	public JsonNode awaitAccount(Predicate<JsonNode> such) {
		return await("an account", this::accounts, such);
	}

	/** The owner's inbox, the newest alert first. */
	public List<JsonNode> alerts() {
		return Rest.items(Rest.get(inbox()));
	}

	/** Until there is such an alert in the owner's inbox. */
	public JsonNode awaitAlert(Predicate<JsonNode> such) {
		return await("an alert", this::alerts, such);
	}

	/** Every e-mail that was sent. */
	public List<CaughtMail> mails() {
		return this.mail.caught();
	}

	/** Until such an e-mail was sent. */
	public CaughtMail awaitMail(Predicate<CaughtMail> such) {
		return await("an e-mail", this::mails, such);
	}

	/** The owner's inbox. */
	public URI inbox() {
		return this.notifier()
			.resolve("/api/organizations/%s/recipients/%s/alerts".formatted(ORGANIZATION, FirstConnection.OWNER));
	}

	@Override
	public void close() {
		while (!this.running.isEmpty()) {
			try {
				this.running.pop().close();
			}
			catch (Exception ex) {
				throw new IllegalStateException("Something did not stop: " + ex, ex);
			}
		}
	}

	private static <T> T await(String what, Supplier<List<T>> all, Predicate<T> such) {
		return Awaitility.await(what)
			.atMost(LONGEST)
			.pollInterval(Duration.ofMillis(200))
			.ignoreExceptions()
			.until(() -> all.get().stream().filter(such).findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	private static String randomKey() {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		return Base64.getEncoder().encodeToString(key);
	}

	private <T extends AutoCloseable> T started(T piece) {
		this.running.push(piece);
		return piece;
	}

}
