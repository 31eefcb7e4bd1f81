/**
 * Where a {@code mongod} binary may come from:
 * {@link io.rollcall.embedded.mongod.MongodSearch} asks one
 * {@link io.rollcall.embedded.mongod.MongodSource} after the other and tries what it is
 * given with {@code --version}.
 */
@NullMarked
package io.rollcall.embedded.mongod;

import org.jspecify.annotations.NullMarked;
