package io.rollcall.connector.flow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a delta chain; exactly one of its links is there.
 *
 * @param setAside how many objects and edges had no usable id and are not among the items
 */
public record Page(List<Item> items, int setAside, @Nullable String nextLink, @Nullable String deltaLink) {
}
