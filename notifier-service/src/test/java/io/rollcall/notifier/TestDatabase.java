package io.rollcall.notifier;

import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.test.RealServices;

/** A real, empty database with the settings that services use. */
public final class TestDatabase implements AutoCloseable {

	private final MongoClient client;

	private final MongoDatabase database;

	public TestDatabase(String name) {
		RealServices.freshMongoDatabase(name);
		this.client = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(RealServices.mongoUri()))
			.writeConcern(WriteConcern.MAJORITY)
			.readConcern(ReadConcern.MAJORITY)
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
			.build());
		this.database = this.client.getDatabase(name);
	}

	public MongoDatabase database() {
		return this.database;
	}

	@Override
	public void close() {
		this.client.close();
	}

}
