package io.rollcall.support.mongo;

import java.time.Duration;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.test.RealServices;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A database is of one edition. */
class EditionTests {

	private MongoClient client;

	private MongoDatabase database;

	@BeforeEach
	void begin() {
		this.client = MongoClients.create(RealServices.mongoUri());
		this.database = this.client.getDatabase(RealServices.freshMongoDatabase("rollcall-edition"));
	}

	@AfterEach
	void end() {
		this.client.close();
	}

	@Test
	void notesItInAnEmptyDatabaseAndComesBackToIt() {
		new Edition(this.database).check();
		insert("accounts", new Document());
		new Edition(this.database).check();
		assertThat(Mono.from(this.database.getCollection("edition").find().first()).block(Duration.ofSeconds(10)))
			.isEqualTo(new Document("_id", "edition").append("number", 4));
	}

	@Test
	void refusesADatabaseOfTheFirstEditionWhichNotedNone() {
		insert("accounts", new Document());
		assertThatExceptionOfType(OtherEditionException.class).isThrownBy(() -> new Edition(this.database).check())
			.withMessage("Database rollcall-edition is of edition 1 of Rollcall, and this is edition 4, which reads "
					+ "nothing of another one");
	}

	@Test
	void refusesADatabaseOfALaterEditionAndSaysWhatToDelete() {
		insert("edition", new Document("_id", "edition").append("number", 5));
		assertThatExceptionOfType(OtherEditionException.class).isThrownBy(() -> new Edition(this.database).check())
			.satisfies((refusal) -> {
				FailureAnalysis told = new OtherEditionException.Analyzer().analyze(refusal, refusal);
				assertThat(told.getDescription()).contains("is of edition 5");
				assertThat(told.getAction()).contains(
						"drop the databases of all of them (this one is rollcall-edition)",
						"delete the topics rollcall.*", "delete the data folder");
			});
	}

	private void insert(String collection, Document document) {
		Mono.from(this.database.getCollection(collection).insertOne(document)).block(Duration.ofSeconds(10));
	}

}
