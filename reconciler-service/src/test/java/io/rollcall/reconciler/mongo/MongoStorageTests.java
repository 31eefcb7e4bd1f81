package io.rollcall.reconciler.mongo;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The database is set up before its first use, or refused. */
class MongoStorageTests {

	@Test
	void setsUpAnEmptyDatabaseAndItsOwn() {
		try (MongoPorts ports = MongoPorts.at(RealServices.mongoUri(), RealServices.freshMongoDatabase("storage"))) {
			ports.storage().ready().block();
			assertThatCode(() -> ports.storage().ready().block()).doesNotThrowAnyException();
		}
	}

	@Test
	void refusesTheDocumentsOfAnEarlierBuild() {
		String database = RealServices.freshMongoDatabase("earlier");
		try (MongoPorts ports = MongoPorts.at(RealServices.mongoUri(), database)) {
			Mono.from(ports.database()
				.getCollection("facts")
				.createIndex(Indexes.ascending("connection", "edges.c", "object"), new IndexOptions().name("members")))
				.block();
			assertThatIllegalStateException().isThrownBy(() -> ports.storage().ready().block())
				.withMessageContaining(database)
				.withMessageContaining("delete the data folder");
		}
	}

}
