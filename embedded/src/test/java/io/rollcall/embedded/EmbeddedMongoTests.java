package io.rollcall.embedded;

import java.nio.file.Files;
import java.nio.file.Path;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedMongoTests {

	@TempDir
	Path folder;

	@Test
	void keepsDocumentsAndItsAddressThroughAStopAndAStart() {
		try (EmbeddedMongo mongo = EmbeddedMongo.startIn(this.folder);
				MongoClient client = MongoClients.create(mongo.uri())) {
			String uri = mongo.uri();
			people(client).insertOne(new Document("_id", "Ada"));
			mongo.stop();
			assertThat(mongo.isRunning()).isFalse();
			mongo.start();
			assertThat(mongo.uri()).isEqualTo(uri);
			people(client).insertOne(new Document("_id", "Grace"));
			assertThat(people(client).countDocuments()).isEqualTo(2);
		}
	}

	@Test
	void resumesFromItsFolderOnAnotherPort() {
		try (EmbeddedMongo mongo = EmbeddedMongo.startIn(this.folder);
				MongoClient client = MongoClients.create(mongo.uri())) {
			people(client).insertOne(new Document("_id", "Ada"));
		}
		try (EmbeddedMongo mongo = EmbeddedMongo.startIn(this.folder);
				MongoClient client = MongoClients.create(mongo.uri())) {
			assertThat(people(client).countDocuments()).isEqualTo(1);
		}
	}

	@Test
	void leavesNoProcessBehind() throws Exception {
		ProcessHandle server;
		try (EmbeddedMongo mongo = EmbeddedMongo.startIn(this.folder)) {
			assertThat(mongo.isRunning()).isTrue();
			server = LeftOver.serverIn(this.folder).orElseThrow();
		}
		assertThat(server.isAlive()).isFalse();
		assertThat(LeftOver.pidFile(this.folder)).doesNotExist();
	}

	@Test
	void endsAServerWhoseOwnerIsGone() throws Exception {
		EmbeddedMongo orphan = EmbeddedMongo.startIn(this.folder);
		try {
			ProcessHandle server = LeftOver.serverIn(this.folder).orElseThrow();
			Files.writeString(this.folder.resolve("owner.pid"), "999999999");
			try (EmbeddedMongo mongo = EmbeddedMongo.startIn(this.folder)) {
				assertThat(server.isAlive()).isFalse();
				assertThat(mongo.isRunning()).isTrue();
			}
		}
		finally {
			orphan.close();
		}
	}

	@Test
	void leavesAFolderToTheRollcallThatUsesIt() throws Exception {
		Process other = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), KilledOwner.class.getName(), this.folder.toString())
			.redirectErrorStream(true)
			.start();
		try {
			assertThat(other.inputReader().lines().filter((line) -> line.startsWith("runs")).findFirst()).isPresent();
			assertThatThrownBy(() -> EmbeddedMongo.startIn(this.folder)).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("is used by another Rollcall (process " + other.pid() + ")");
		}
		finally {
			ProcessHandle server = LeftOver.serverIn(this.folder).orElseThrow();
			other.destroyForcibly().waitFor();
			server.onExit().get(20, java.util.concurrent.TimeUnit.SECONDS);
		}
	}

	@Test
	void endsWithAJvmThatIsKilled() throws Exception {
		Process owner = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), KilledOwner.class.getName(), this.folder.toString())
			.redirectErrorStream(true)
			.start();
		assertThat(owner.inputReader().lines().filter((line) -> line.startsWith("runs")).findFirst()).isPresent();
		ProcessHandle server = LeftOver.serverIn(this.folder).orElseThrow();
		owner.destroyForcibly().waitFor();
		assertThat(server.onExit().get(20, java.util.concurrent.TimeUnit.SECONDS).isAlive()).isFalse();
	}

	@Test
	void takesTheConfiguredServer() {
		try (MongoServer server = MongoServer.open("mongodb://db.example:27017/?replicaSet=rs0", this.folder, 0)) {
			assertThat(server.uri()).isEqualTo("mongodb://db.example:27017/?replicaSet=rs0");
			assertThat(this.folder).isEmptyDirectory();
		}
	}

	private static MongoCollection<Document> people(MongoClient client) {
		return client.getDatabase("test").getCollection("people");
	}

}
