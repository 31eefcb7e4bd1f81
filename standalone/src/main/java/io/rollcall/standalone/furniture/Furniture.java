package io.rollcall.standalone.furniture;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

import io.rollcall.embedded.DataFolder;
import io.rollcall.embedded.EmbeddedKafka;
import io.rollcall.embedded.MongoServer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is not Rollcall, in the order in which it is needed; it stops the other
 * way round.
 */
public final class Furniture implements AutoCloseable {

	private final Deque<AutoCloseable> running = new ArrayDeque<>();

	private final EmbeddedKafka kafka;

	private final MongoServer mongo;

	private final MailCatcher mail;

	private final SimulatedTenant tenant;

	private Furniture(Plan plan) {
		try {
			this.kafka = started(EmbeddedKafka.startIn(plan.data().resolve("kafka"), plan.kafkaPort()));
			this.mongo = started(
					MongoServer.open(plan.mongodbUri(), plan.data().resolve("mongodb"), plan.mongodbPort()));
			this.mail = started(MailCatcher.start(plan.smtpPort(), plan.mailPagePort()));
			this.tenant = started(SimulatedTenant.start(plan.tenant()));
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/** Where it all stands, and what the tenant is like. */
	public record Plan(Path data, int kafkaPort, @Nullable String mongodbUri, int mongodbPort, int smtpPort,
			int mailPagePort, SimulatedTenant.Plan tenant) {
	}

	/** Starts it all, and leaves nothing running if something does not start. */
	public static Furniture start(Plan plan) {
		DataFolder.require(plan.data());
		return new Furniture(plan);
	}

	public EmbeddedKafka kafka() {
		return this.kafka;
	}

	public MongoServer mongo() {
		return this.mongo;
	}

	public MailCatcher mail() {
		return this.mail;
	}

	public SimulatedTenant tenant() {
		return this.tenant;
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

	private <T extends AutoCloseable> T started(T piece) {
		this.running.push(piece);
		return piece;
	}

}
