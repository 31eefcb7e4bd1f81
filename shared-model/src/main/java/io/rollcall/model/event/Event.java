package io.rollcall.model.event;

/**
 * Anything that travels on a topic. Each family is a sealed interface of its own. Nobody
 * changes a list or map that was given to an event.
 */
public interface Event {

	/**
	 * The record's key, which is also its {@code ce_partitionkey}: what must keep its
	 * order.
	 */
	String key();

}
