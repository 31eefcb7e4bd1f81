/**
 * The ids every service speaks with, and the {@link io.rollcall.model.Sequence} that
 * orders observations. The families of events are in the packages below; {@code event}
 * maps any of them to a Kafka record and back.
 */
@NullMarked
package io.rollcall.model;

import org.jspecify.annotations.NullMarked;
