package io.rollcall.reconciler.rules.mapping;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;

/**
 * The directory user that an expression looks at.
 *
 * @param object its id, which is no attribute but can be mapped as {@code id}
 * @param attributes what was read of it
 */
public record Source(ObjectId object, Attributes attributes) {
}
