package io.rollcall.simulator.tenant;

/**
 * Is told each act that changed something, in order, before anybody can see what it
 * changed.
 */
@FunctionalInterface
public interface ActRecorder {

	void happened(Act act, long millis);

}
