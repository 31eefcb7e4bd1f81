package io.rollcall.reconciler.flow.apply;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.directory.Observation.OfPartition;
import io.rollcall.model.RunId;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/** What is published. */
public interface Outbound {

	/** Publishes in order; ends when the brokers have all of it. */
	void publish(List<Message> messages);

	/** The partition of everything about an object. */
	int partitionOf(ObjectKey object);

	/**
	 * One record.
	 *
	 * @param partition null for the partition of its key
	 * @param run whose digest tells of it
	 */
	record Message(String topic, @Nullable Integer partition, String key, String id, String type, Instant time,
			@Nullable RunId run, byte[] value) {

		/** An event, to the partition that it names, or that of its key. */
		public static Message of(String topic, String id, Instant time, Event event) {
			Integer partition = (event instanceof OfPartition of) ? of.partition() : null;
			return new Message(topic, partition, event.key(), id, EventTypes.nameOf(event.getClass()), time, null,
					EventFormat.value(event));
		}

	}

}
