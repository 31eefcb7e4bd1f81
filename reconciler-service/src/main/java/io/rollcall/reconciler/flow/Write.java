package io.rollcall.reconciler.flow;

/**
 * The next state of an account or a team.
 *
 * @param replaces the version that must be there still; 0 when there must be none
 */
public record Write<T>(Stored<T> next, long replaces) {
}
