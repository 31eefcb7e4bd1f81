/**
 * MongoDB for every service: how the client writes, which edition a database is of, and
 * where dead letters are kept; {@link io.rollcall.support.mongo.Await} waits for its
 * publishers, and a {@link io.rollcall.support.mongo.PreparedCollection} has its indexes
 * before its first use, not at the start.
 *
 * <p>
 * A document that is a record needs no codec of ours: the driver's default registry has
 * one for records ({@code org.bson.codecs.record}, artifact {@code bson-record-codec}),
 * so {@code database.getCollection("runs", Run.class)} reads and writes it.
 * {@code @BsonId} marks the component that is {@code _id}, {@code @BsonProperty} gives
 * another field name, nulls are left out, enums go by name, nested records and lists of
 * them by themselves; an id type of ours needs a {@code Codec} in the registry of the
 * collection.
 */
@NullMarked
package io.rollcall.support.mongo;

import org.jspecify.annotations.NullMarked;
