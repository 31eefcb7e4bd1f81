package io.rollcall.reconciler.kafka.projection;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the projection runs.
 *
 * @param consumers how many consumers share the change log's partitions
 * @param batch how many changes are projected at once, at most
 * @param transactionTimeout how long a projection that died holds up readers, at most
 * @param longestBatch how long a batch may take until its partitions are given to
 * somebody else
 */
@ConfigurationProperties("rollcall.projection")
public record ProjectionSettings(@DefaultValue("3") int consumers, @DefaultValue("2000") int batch,
		@DefaultValue("15s") Duration transactionTimeout, @DefaultValue("2m") Duration longestBatch) {
}
