/**
 * A real Kafka broker and a real mongod, private to this process: the furniture of
 * {@code standalone} and of tests. {@link io.rollcall.embedded.EmbeddedKafka} runs
 * Kafka's own KRaft server in this JVM; {@link io.rollcall.embedded.EmbeddedMongo} runs a
 * {@code mongod} beside it, whose binary {@link io.rollcall.embedded.mongod.MongodSearch}
 * finds. Both keep their data in a folder and resume from it.
 */
@NullMarked
package io.rollcall.embedded;

import org.jspecify.annotations.NullMarked;
