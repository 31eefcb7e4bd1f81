package io.rollcall.notifier.mongo;

import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Tally;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.Alert.Mailing;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Text;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** An alert as a document. */
final class AlertDocument {

	static final String ID = "_id";

	static final String CURSOR = "cursor";

	static final String FILED_AT = "filedAt";

	private static final String ORGANIZATION = "organization";

	private static final String RECIPIENT = "recipient";

	private static final String UNREAD = "unread";

	private static final String HIDDEN = "hidden";

	private static final String MAILING = "mailing";

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
		return Filters.exists(MAILING);
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
			.append("event", alert.event())
			.append("type", alert.type())
			.append("severity", alert.severity().name())
			.append("title", alert.text().title())
			.append("paragraphs", alert.text().paragraphs())
			.append("subject", alert.subject())
			.append("at", Date.from(alert.at()))
			.append(FILED_AT, Date.from(filed.filedAt()))
			.append(UNREAD, alert.inApp());
		if (alert.text().action() != null) {
			document.append("action", alert.text().action());
		}
		if (!alert.text().figures().isEmpty()) {
			document.append("figures", alert.text().figures().stream().map(AlertDocument::figure).toList());
		}
		if (!alert.inApp()) {
			document.append(HIDDEN, true);
		}
		if (alert.mailing() != Mailing.NONE) {
			document.append(MAILING, alert.mailing().name());
			document.append("change", tally(alert.change()));
		}
		return document;
	}

	static FiledAlert read(Document document) {
		InboxId inbox = new InboxId(new OrganizationId(document.getString(ORGANIZATION)),
				document.getString(RECIPIENT));
		List<Text.Figure> figures = document.getList("figures", Document.class, List.of())
			.stream()
			.map((figure) -> new Text.Figure(figure.getString("label"), figure.getString("count"),
					figure.getString("names")))
			.toList();
		Text text = new Text(document.getString("title"), document.getList("paragraphs", String.class),
				document.getString("action"), figures);
		String mailing = document.getString(MAILING);
		Alert alert = new Alert(inbox, document.getString("event"), document.getString("type"),
				Severity.valueOf(document.getString("severity")), text, document.getString("subject"),
				tally(document.get("change", Document.class)), !document.getBoolean(HIDDEN, false),
				(mailing != null) ? Mailing.valueOf(mailing) : Mailing.NONE, document.getDate("at").toInstant());
		Date readAt = document.getDate("readAt");
		return new FiledAlert(alert, document.getLong(CURSOR), document.getDate(FILED_AT).toInstant(),
				(readAt != null) ? readAt.toInstant() : null);
	}

	private static Document figure(Text.Figure figure) {
		return new Document("label", figure.label()).append("count", figure.count()).append("names", figure.names());
	}

	private static Document tally(Tally tally) {
		Document document = new Document();
		tally.counts()
			.forEach((kind, count) -> document.append(kind.name(),
					new Document("count", count).append("names", tally.names().getOrDefault(kind, List.of()))));
		return document;
	}

	private static Tally tally(@Nullable Document document) {
		if (document == null || document.isEmpty()) {
			return Tally.NONE;
		}
		Map<Tally.Kind, Long> counts = new EnumMap<>(Tally.Kind.class);
		Map<Tally.Kind, List<String>> names = new EnumMap<>(Tally.Kind.class);
		document.forEach((kind, value) -> {
			counts.put(Tally.Kind.valueOf(kind), ((Document) value).getLong("count"));
			names.put(Tally.Kind.valueOf(kind), ((Document) value).getList("names", String.class));
		});
		return new Tally(counts, names);
	}

}
