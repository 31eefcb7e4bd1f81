package io.rollcall.benchmarks.stage;

import java.time.InstantSource;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.Accounts;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.Storage;
import io.rollcall.reconciler.flow.Teams;
import reactor.core.publisher.Flux;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The reconciler's calls to MongoDB, as they were noted, all consumers at once. */
final class StoreStage implements AutoCloseable {

	private final MongoClient client;

	private final MongoDatabase database;

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	StoreStage(String uri, String name) {
		this.client = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(uri))
			.writeConcern(WriteConcern.MAJORITY)
			.readConcern(ReadConcern.MAJORITY)
			.build());
		this.database = this.client.getDatabase(name);
		this.context.registerBean(InstantSource.class, InstantSource::system);
		this.context.registerBean(MongoDatabase.class, () -> this.database);
		this.context.scan("io.rollcall.reconciler.mongo");
		this.context.refresh();
		this.context.getBean(Storage.class).ready().block();
	}

	/** How many calls were made. */
	long replay(Tape tape) {
		Tape.Ports ports = new Tape.Ports(this.context.getBean(DirectoryObjects.class),
				this.context.getBean(Accounts.class), this.context.getBean(Teams.class));
		Long calls = Flux.fromIterable(tape.calls())
			.flatMap(
					(ofConsumer) -> Flux.fromIterable(ofConsumer).concatMap((call) -> call.apply(ports).thenReturn(1L)),
					tape.calls().size())
			.count()
			.block();
		return (calls != null) ? calls : 0;
	}

	MongoDatabase database() {
		return this.database;
	}

	@Override
	public void close() {
		this.context.close();
		this.client.close();
	}

}
