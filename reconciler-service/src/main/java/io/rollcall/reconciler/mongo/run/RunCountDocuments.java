package io.rollcall.reconciler.mongo.run;

import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.event.Topics;
import org.bson.Document;

/**
 * What runs did, a document for each partition of a run: batches of different partitions
 * never wait for each other's.
 */
final class RunCountDocuments {

	private RunCountDocuments() {
	}

	static MongoCollection<Document> collection(MongoDatabase database) {
		return database.getCollection("runCounts");
	}

	static String id(ConnectionId connection, RunId run, int partition) {
		return RunDocuments.id(connection, run) + ":" + partition;
	}

	/** The documents that a run can have. */
	static List<String> ids(ConnectionId connection, RunId run) {
		return IntStream.range(0, Topics.PARTITIONS).mapToObj((partition) -> id(connection, run, partition)).toList();
	}

}
