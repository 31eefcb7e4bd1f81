package io.rollcall.simulator.faults;

/**
 * A call about to be answered.
 *
 * @param path after the version, with a leading slash
 * @param skipToken whether it follows a next link
 * @param deltaToken whether it follows a delta link
 */
public record FaultedCall(String tenant, String method, String path, boolean skipToken, boolean deltaToken) {
}
