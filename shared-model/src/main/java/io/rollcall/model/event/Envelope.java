package io.rollcall.model.event;

import java.time.Instant;

import io.rollcall.model.RunId;
import org.jspecify.annotations.Nullable;

/**
 * An event with the CloudEvents context it travels in.
 *
 * @param id {@code ce_id}: with {@code source}, what a consumer dedupes by
 * @param source {@code ce_source}: the service that published it, as a URI path such as
 * {@code /rollcall/connector}
 * @param run {@code ce_run}: the run whose digest tells of it; such events never become
 * single alerts, and need not be parsed to know that
 */
public record Envelope<E extends Event>(String id, String source, Instant time, @Nullable RunId run, E event) {

	/** An envelope outside of any run. */
	public static <E extends Event> Envelope<E> of(String id, String source, Instant time, E event) {
		return new Envelope<>(id, source, time, null, event);
	}

}
