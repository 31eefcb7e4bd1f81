package io.rollcall.support.mongo;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach MongoDB.
 *
 * @param uri of a replica set or a sharded cluster
 * @param database this service's own; no service reads another's
 * @param answerWithin how long to look for a primary before an operation fails
 * @param retryWrites whether the driver repeats a write whose answer was lost; a service
 * that does a failed batch again anyway spares the database the bookkeeping
 */
@ConfigurationProperties("rollcall.mongodb")
public record MongoSettings(@DefaultValue("mongodb://localhost:27017/?replicaSet=rs0") String uri, String database,
		@DefaultValue("5s") Duration answerWithin, @DefaultValue("true") boolean retryWrites) {
}
