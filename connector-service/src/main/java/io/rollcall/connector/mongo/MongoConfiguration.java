package io.rollcall.connector.mongo;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.Runs;
import io.rollcall.connector.flow.SyncStates;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the parts that store. */
@Configuration(proxyBeanMethods = false)
public class MongoConfiguration {

	@Bean
	Connections connections(MongoDatabase database, @Value("${rollcall.encryption-key:}") String key) {
		return new MongoConnections(database, new SecretBox(key));
	}

	@Bean
	SyncStates syncStates(MongoDatabase database) {
		return new MongoSyncStates(database);
	}

	@Bean
	Runs runs(MongoDatabase database) {
		return new MongoRuns(database);
	}

}
