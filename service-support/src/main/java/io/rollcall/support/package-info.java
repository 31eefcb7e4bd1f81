/**
 * What every service needs of Kafka and MongoDB, once. {@code kafka/} publishes and reads
 * events, sets dead letters aside and creates the topics; {@code mongo/} sets the client
 * and keeps dead letters; {@code web/} lets people redrive or discard them. They meet
 * only in the port of this package: {@link io.rollcall.support.DeadLetters}, which a
 * service's flow may use too, and what that asks. A service imports
 * {@link io.rollcall.support.ServiceSupport} and its configuration file imports
 * {@code service-support.yml}.
 */
@NullMarked
package io.rollcall.support;

import org.jspecify.annotations.NullMarked;
