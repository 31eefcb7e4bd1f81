package io.rollcall.reconciler.mongo.coordinate;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.mongodb.client.model.Filters;
import io.rollcall.model.event.EventFormat;
import org.bson.Document;
import org.bson.conversions.Bson;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the flow keeps, as documents: in the JSON of events, so that ids, times and counts
 * look here as they do there.
 */
public final class States {

	/** How long what is over is kept. */
	static final Duration KEPT = Duration.ofDays(90);

	private static final JsonMapper JSON = EventFormat.json()
		.rebuild()
		.changeDefaultVisibility((visible) -> visible.withFieldVisibility(Visibility.ANY))
		.build();

	private States() {
	}

	/** A state as a document. */
	public static Document of(Object state) {
		return Document.parse(JSON.writeValueAsString(state));
	}

	/** Reads a document's {@code state}. */
	public static <T> T state(Document document, Class<T> type) {
		return JSON.readValue(document.get("state", Document.class).toJson(), type);
	}

	/** That the ids of a connection, or of a part of it, start with it and a colon. */
	public static Bson startingWith(String start) {
		return Filters.and(Filters.gt("_id", start + ":"), Filters.lt("_id", start + ";"));
	}

}
