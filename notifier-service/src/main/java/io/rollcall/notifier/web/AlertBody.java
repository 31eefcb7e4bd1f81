package io.rollcall.notifier.web;

import java.time.Instant;

import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.rules.Alert;
import org.jspecify.annotations.Nullable;

/** An alert as JSON. */
record AlertBody(String id, long cursor, String type, Severity severity, String title, String body,
		@Nullable String subject, Instant at, Instant filedAt, @Nullable Instant readAt) {

	static AlertBody of(FiledAlert filed) {
		Alert alert = filed.alert();
		return new AlertBody(alert.id(), filed.cursor(), alert.type(), alert.severity(), alert.text().title(),
				alert.text().body(), alert.subject(), alert.at(), filed.filedAt(), filed.readAt());
	}

}
