package io.rollcall.model.event;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An event with the CloudEvents context it travels in.
 *
 * @param id {@code ce_id}: with {@code source}, what a consumer dedupes by
 * @param source {@code ce_source}: the service that published it, as a URI path such as
 * {@code /rollcall/connector}
 * @param bulk whether it belongs to a bulk run: such events never become single alerts
 * @param traceParent the W3C trace context header, if there is one
 */
public record Envelope<E extends Event>(String id, String source, Instant time, boolean bulk,
		@Nullable String traceParent, E event) {

	/** An envelope outside of any bulk run or trace. */
	public static <E extends Event> Envelope<E> of(String id, String source, Instant time, E event) {
		return new Envelope<>(id, source, time, false, null, event);
	}

}
