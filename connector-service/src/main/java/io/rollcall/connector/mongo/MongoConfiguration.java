package io.rollcall.connector.mongo;

import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Joins the parts that store. */
@Configuration(proxyBeanMethods = false)
@Import({ MongoConnections.class, MongoSources.class, MongoSyncStates.class, MongoWantedObjects.class })
public class MongoConfiguration {

	@Bean
	Secrets secrets(@Value("${rollcall.encryption-key:}") String key,
			@Value("${rollcall.encryption-old-keys:}") List<String> oldKeys) {
		return new Secrets(key, oldKeys);
	}

}
