package io.rollcall.support.kafka;

import java.util.function.Consumer;

/**
 * What a service does when records of a topic were deleted before a group of it had read
 * them. One bean a topic; a topic without one is logged and passed over.
 *
 * @param makeUp makes up for the loss, or tells it, durably: it is called on the
 * consumer's thread before anything behind the loss is read or committed. When it throws,
 * or the process dies, it is asked again with growing pauses, and nothing of the consumer
 * is read meanwhile; so it must be harmless twice, and be done in much less than 5
 * minutes
 */
public record OnLoss(String topic, Consumer<LostRecords> makeUp) {
}
