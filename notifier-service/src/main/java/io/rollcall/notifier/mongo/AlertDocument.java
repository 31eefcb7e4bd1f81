package io.rollcall.notifier.mongo;

import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.rollcall.model.event.EventFormat;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.Alert.Mailing;
import io.rollcall.notifier.rules.InboxId;
import org.bson.Document;
import org.bson.conversions.Bson;

/** An alert as a document: the fields that are asked for, and the whole as JSON. */
final class AlertDocument {

	static final String ID = "_id";

	static final String CURSOR = "cursor";

	static final String FILED_AT = "filedAt";

	private static final String ORGANIZATION = "organization";

	private static final String RECIPIENT = "recipient";

	private static final String UNREAD = "unread";

	private static final String HIDDEN = "hidden";

	private static final String MAILED = "mailed";

	private static final String ALERT = "alert";

	private AlertDocument() {
	}

	/**
	 * The unique one is what makes cursors safe. They begin with the organization, as a
	 * shard key would.
	 */
	static IndexModel[] indexes() {
		return new IndexModel[] {
				new IndexModel(Indexes.ascending(ORGANIZATION, RECIPIENT, CURSOR),
						new IndexOptions().name(CURSOR).unique(true)),
				new IndexModel(Indexes.ascending(ORGANIZATION, RECIPIENT, UNREAD, CURSOR),
						new IndexOptions().name(UNREAD).partialFilterExpression(Filters.eq(UNREAD, true))) };
	}

	static Bson in(InboxId inbox) {
		return Filters.and(Filters.eq(ORGANIZATION, inbox.organization().value()),
				Filters.eq(RECIPIENT, inbox.recipient()));
	}

	static Bson shown() {
		return Filters.ne(HIDDEN, true);
	}

	static Bson unread() {
		return Filters.eq(UNREAD, true);
	}

	static Bson mailed() {
		return Filters.eq(MAILED, true);
	}

	/** The first reading counts. */
	static List<Bson> reading(Instant now) {
		return List.of(new Document("$set", new Document(UNREAD, false).append("readAt",
				new Document("$ifNull", Arrays.asList("$readAt", Date.from(now))))));
	}

	static Document write(FiledAlert filed) {
		Alert alert = filed.alert();
		Document document = new Document(ID, alert.key()).append(ORGANIZATION, alert.inbox().organization().value())
			.append(RECIPIENT, alert.inbox().recipient())
			.append(CURSOR, filed.cursor())
			.append(FILED_AT, Date.from(filed.filedAt()))
			.append(UNREAD, alert.inApp())
			.append(ALERT, EventFormat.json().writeValueAsString(alert));
		if (!alert.inApp()) {
			document.append(HIDDEN, true);
		}
		return (alert.mailing() != Mailing.NONE) ? document.append(MAILED, true) : document;
	}

	static FiledAlert read(Document document) {
		Date readAt = document.getDate("readAt");
		return new FiledAlert(EventFormat.json().readValue(document.getString(ALERT), Alert.class),
				document.getLong(CURSOR), document.getDate(FILED_AT).toInstant(),
				(readAt != null) ? readAt.toInstant() : null);
	}

}
