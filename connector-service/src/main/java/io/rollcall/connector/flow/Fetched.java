package io.rollcall.connector.flow;

import io.rollcall.model.Sequence;

/**
 * What a request for a page gave, with the sequence that was taken before it.
 *
 * @param link what was asked; empty for the first page of a new chain
 */
record Fetched(String link, Sequence sequence, Answer<Page> answer) {
}
