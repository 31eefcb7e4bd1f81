package io.rollcall.connector.flow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A page of a delta chain; exactly one of its links is there. */
public record Page(List<Item> items, @Nullable String nextLink, @Nullable String deltaLink) {
}
