package io.rollcall.notifier.mongo;

import java.time.Instant;
import java.util.Arrays;
import java.util.Date;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import org.bson.Document;
import org.bson.conversions.Bson;

/** An alert as a document. */
final class AlertDocuments {

	private AlertDocuments() {
	}

	/**
	 * The unique one is what makes cursors safe. They begin with the organization, as a
	 * shard key would.
	 */
	static IndexModel[] indexes() {
		return new IndexModel[] {
				new IndexModel(Indexes.ascending("organization", "recipient", "cursor"),
						new IndexOptions().name("cursor").unique(true)),
				new IndexModel(Indexes.ascending("organization", "recipient", "unread", "cursor"),
						new IndexOptions().name("unread").partialFilterExpression(Filters.eq("unread", true))) };
	}

	static Bson in(InboxId inbox) {
		return Filters.and(Filters.eq("organization", inbox.organization().value()),
				Filters.eq("recipient", inbox.recipient()));
	}

	/** The first reading counts. */
	static Bson reading(Instant now) {
		return new Document("$set", new Document("unread", false).append("readAt",
				new Document("$ifNull", Arrays.asList("$readAt", Date.from(now)))));
	}

	static Document write(FiledAlert filed) {
		Alert alert = filed.alert();
		return new Document("_id", alert.key()).append("organization", alert.inbox().organization().value())
			.append("recipient", alert.inbox().recipient())
			.append("cursor", filed.cursor())
			.append("event", alert.event())
			.append("type", alert.type())
			.append("severity", alert.severity().name())
			.append("title", alert.title())
			.append("body", alert.body())
			.append("subject", alert.subject())
			.append("at", Date.from(alert.at()))
			.append("filedAt", Date.from(filed.filedAt()))
			.append("unread", true);
	}

	static FiledAlert read(Document document) {
		InboxId inbox = new InboxId(new OrganizationId(document.getString("organization")),
				document.getString("recipient"));
		Alert alert = new Alert(inbox, document.getString("event"), document.getString("type"),
				Severity.valueOf(document.getString("severity")), document.getString("title"),
				document.getString("body"), document.getString("subject"), document.getDate("at").toInstant());
		Date readAt = document.getDate("readAt");
		return new FiledAlert(alert, document.getLong("cursor"), document.getDate("filedAt").toInstant(),
				(readAt != null) ? readAt.toInstant() : null);
	}

}
