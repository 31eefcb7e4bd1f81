package io.rollcall.connector.mongo;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Joins the parts that store. */
@Configuration(proxyBeanMethods = false)
@Import({ Secrets.class, MongoConnections.class, MongoPreparedCertificates.class, MongoConsentRequests.class,
		SecretSeals.class, MongoSources.class, MongoSyncStates.class, MongoWantedObjects.class })
public class MongoConfiguration {

}
