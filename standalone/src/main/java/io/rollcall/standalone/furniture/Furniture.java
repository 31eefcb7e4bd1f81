package io.rollcall.standalone.furniture;

import java.nio.file.Path;
import java.util.concurrent.Future;

import io.rollcall.embedded.DataFolder;
import io.rollcall.embedded.EmbeddedKafka;
import io.rollcall.embedded.MongoServer;
import io.rollcall.standalone.jvm.SideBySide;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is not Rollcall; none of it needs another, so all start side by side,
 * and stop so.
 */
public final class Furniture implements AutoCloseable {

	private final SideBySide pieces = new SideBySide();

	private final EmbeddedKafka kafka;

	private final MongoServer mongo;

	private final MailCatcher mail;

	private final SimulatedTenant tenant;

	private Furniture(Plan plan) {
		Future<EmbeddedKafka> broker = this.pieces
			.start(() -> EmbeddedKafka.startIn(plan.data().resolve("kafka"), plan.kafkaPort()));
		Future<MongoServer> database = this.pieces
			.start(() -> MongoServer.open(plan.mongodbUri(), plan.data().resolve("mongodb"), plan.mongodbPort()));
		Future<MailCatcher> catcher = this.pieces.start(() -> MailCatcher.start(plan.smtpPort(), plan.mailPagePort()));
		Future<SimulatedTenant> simulator = this.pieces.start(() -> SimulatedTenant.start(plan.tenant()));
		this.pieces.awaitAll();
		this.kafka = broker.resultNow();
		this.mongo = database.resultNow();
		this.mail = catcher.resultNow();
		this.tenant = simulator.resultNow();
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
		this.pieces.close();
	}

}
