/** Any event to a Kafka record and back: CloudEvents 1.0, binary mode, written once. */
@NullMarked
package io.rollcall.model.event;

import org.jspecify.annotations.NullMarked;
