package io.rollcall.reconciler.flow;

import io.rollcall.reconciler.rules.Facts;

/**
 * Facts to be stored.
 *
 * @param read as they were found; unknown ones when nothing was
 * @param next as they shall be
 */
public record FactsWrite(Facts read, Facts next) {
}
