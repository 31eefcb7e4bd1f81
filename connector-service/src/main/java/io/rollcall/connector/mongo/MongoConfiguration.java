package io.rollcall.connector.mongo;

import java.util.List;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.read.WantedObjects;
import io.rollcall.connector.flow.subscription.Sources;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the parts that store. */
@Configuration(proxyBeanMethods = false)
public class MongoConfiguration {

	@Bean
	Secrets secrets(@Value("${rollcall.encryption-key:}") String key,
			@Value("${rollcall.encryption-old-keys:}") List<String> oldKeys) {
		return new Secrets(key, oldKeys);
	}

	@Bean
	Connections connections(MongoDatabase database, Secrets secrets) {
		return new MongoConnections(database, secrets);
	}

	@Bean
	Sources sources(MongoDatabase database, Secrets secrets) {
		return new MongoSources(database, secrets);
	}

	@Bean
	SyncStates syncStates(MongoDatabase database) {
		return new MongoSyncStates(database);
	}

	@Bean
	WantedObjects wantedObjects(MongoDatabase database) {
		return new MongoWantedObjects(database);
	}

}
