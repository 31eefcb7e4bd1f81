package io.rollcall.reconciler.flow;

import io.rollcall.model.change.Change;

/**
 * A change that is stored with its document and not known to be published.
 *
 * @param partition the partition of the record that caused it
 * @param offset that record's offset
 * @param bulk whether it belongs to a bulk run
 * @param moved whether it was taken over from another partition: published again, never
 * counted again
 */
public record Pending(int partition, long offset, boolean bulk, boolean moved, Change change) {
}
