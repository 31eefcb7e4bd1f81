package io.rollcall.connector.flow.read;

import java.util.List;

import io.rollcall.model.directory.Cell;
import org.jspecify.annotations.Nullable;

/**
 * A page of a delta chain; exactly one of its links is there.
 *
 * @param cells what it says, in its order: an object, then its edges and manager
 * @param setAside how many objects and edges had no usable id and are not among the cells
 */
public record Page(List<Cell> cells, int setAside, @Nullable String nextLink, @Nullable String deltaLink) {
}
