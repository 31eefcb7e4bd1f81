package io.rollcall.model.change;

import org.jspecify.annotations.Nullable;

/** One field of an account, from one value to another; null is empty. */
public record FieldChange(String field, @Nullable String from, @Nullable String to) {
}
