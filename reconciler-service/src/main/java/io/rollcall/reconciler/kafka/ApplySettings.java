package io.rollcall.reconciler.kafka;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this instance applies.
 *
 * @param consumers that share the 12 partitions, in each instance; fewer of them make
 * larger batches
 */
@ConfigurationProperties("rollcall.reconciler")
public record ApplySettings(@DefaultValue("2") int consumers) {
}
