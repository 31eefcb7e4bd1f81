package io.rollcall.connector.mongo;

import java.time.Instant;
import java.util.Date;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Instants as BSON dates, exact to the millisecond. */
final class Times {

	private Times() {
	}

	static @Nullable Date write(@Nullable Instant instant) {
		return (instant != null) ? Date.from(instant) : null;
	}

	static @Nullable Instant read(Document document, String field) {
		Date date = document.getDate(field);
		return (date != null) ? date.toInstant() : null;
	}

	static Instant required(Document document, String field) {
		return document.getDate(field).toInstant();
	}

}
