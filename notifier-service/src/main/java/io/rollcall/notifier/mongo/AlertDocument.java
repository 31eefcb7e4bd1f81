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
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a document: the fields that are asked for, and the whole as JSON. Public
 * for the driver.
 *
 * @param hidden true where it is told by e-mail only
 * @param mailed true where it is told by e-mail
 */
public record AlertDocument(@BsonId String id, String organization, String recipient, long cursor, Instant filedAt,
		boolean unread, @Nullable Boolean hidden, @Nullable Boolean mailed, @Nullable Instant readAt, String alert) {

	static final String CURSOR = "cursor";

	static final String FILED_AT = "filedAt";

	private static final String ORGANIZATION = "organization";

	private static final String RECIPIENT = "recipient";

	private static final String UNREAD = "unread";

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

	static Bson isShown() {
		return Filters.ne("hidden", true);
	}

	static Bson isUnread() {
		return Filters.eq(UNREAD, true);
	}

	static Bson isMailed() {
		return Filters.eq("mailed", true);
	}

	/** The first reading counts. */
	static List<Bson> reading(Instant now) {
		return List.of(new Document("$set", new Document(UNREAD, false).append("readAt",
				new Document("$ifNull", Arrays.asList("$readAt", Date.from(now))))));
	}

	static AlertDocument of(FiledAlert filed) {
		Alert alert = filed.alert();
		return new AlertDocument(alert.key(), alert.inbox().organization().value(), alert.inbox().recipient(),
				filed.cursor(), filed.filedAt(), alert.inApp(), alert.inApp() ? null : true,
				(alert.mailing() != Mailing.NONE) ? true : null, null, EventFormat.json().writeValueAsString(alert));
	}

	FiledAlert read() {
		return new FiledAlert(EventFormat.json().readValue(this.alert, Alert.class), this.cursor, this.filedAt,
				this.readAt);
	}

}
