/**
 * What tests share. {@link io.rollcall.test.RealServices} gives one Kafka and one MongoDB
 * per JVM, from containers where an engine answers and from {@code embedded/} otherwise;
 * {@link io.rollcall.test.PrivateKafka} and {@link io.rollcall.test.PrivateMongo} are for
 * a test that takes them away; the architecture rules are in
 * {@code io.rollcall.test.architecture}.
 */
@NullMarked
package io.rollcall.test;

import org.jspecify.annotations.NullMarked;
