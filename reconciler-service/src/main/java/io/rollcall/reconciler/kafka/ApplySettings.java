package io.rollcall.reconciler.kafka;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this instance applies.
 *
 * @param consumers that share the 12 partitions, in each instance; on two cores a second
 * one makes a first sync a little faster, and what is beside it slower
 */
@ConfigurationProperties("rollcall.reconciler")
public record ApplySettings(@DefaultValue("1") int consumers) {
}
