package io.rollcall.reconciler.rules;

import java.time.Instant;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * One membership of an object, as last observed; one that ended stays for a day as a
 * tombstone, so that an older reading does not bring it back.
 *
 * @param removedAt when it ended, for forgetting the tombstone; null while it is present
 */
public record Edge(ObjectId container, ObjectKind kind, boolean present, Stamp stamp, @Nullable Instant removedAt) {
}
