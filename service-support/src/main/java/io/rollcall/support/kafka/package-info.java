/**
 * Kafka for every service. Out: {@link io.rollcall.support.kafka.EventPublisher}. In: the
 * binder's functions in batch mode take a {@code Message<List<byte[]>>}, listeners of
 * {@link io.rollcall.support.kafka.ListenerContainers} a list of records;
 * {@link io.rollcall.support.kafka.Received} is made of both, and a
 * {@link io.rollcall.support.kafka.BadRecordException} sets one of them aside.
 * {@code ContainerCare} does that, and has polled again what failed otherwise, for ever;
 * {@code FailingPartitions} knows since when. {@code LossWatch}, around every consumer,
 * notices when records were deleted before they were read and asks the
 * {@link io.rollcall.support.kafka.OnLoss} of their topic. {@code TopicProvisioner}
 * creates and checks the topics of {@code TopicTable}, and {@code DeferredConsumers}
 * begins to read when they are there.
 *
 * <p>
 * Who calls whom: the connector publishes hints by a publisher of its own and reads hints
 * and rules by the binder; the reconciler makes the containers of apply (observations and
 * snapshots in one) and of the coordinator (progress) by hand; the notifier reads changes
 * and runs by the binder and makes its tail of alerts by hand. Each service has an
 * {@code OnLoss} bean for each topic that it reads and that is not compacted.
 */
@NullMarked
package io.rollcall.support.kafka;

import org.jspecify.annotations.NullMarked;
