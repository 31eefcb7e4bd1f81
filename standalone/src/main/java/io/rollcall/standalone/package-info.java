/**
 * Everything in one JVM. {@code furniture/} is what a real installation has anyway:
 * Kafka, MongoDB, a mail server and an Entra tenant, here embedded or simulated, with
 * their data in one folder. {@code services/} is Rollcall itself: the same services as in
 * a real installation, told where the furniture stands.
 * {@link io.rollcall.standalone.Standalone} starts the one, then the other, says where
 * everything is, and stops it all in reverse.
 */
@NullMarked
package io.rollcall.standalone;

import org.jspecify.annotations.NullMarked;
