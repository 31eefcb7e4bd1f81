package io.rollcall.notifier.mongo;

import java.util.Date;
import java.util.List;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Mail;
import org.bson.Document;

/** A mail as a document. */
final class MailDocuments {

	private MailDocuments() {
	}

	static Document write(Mail mail) {
		return new Document("_id", mail.key()).append("organization", mail.inbox().organization().value())
			.append("recipient", mail.inbox().recipient())
			.append("to", mail.to())
			.append("name", mail.name())
			.append("language", mail.language().name())
			.append("severity", mail.severity().name())
			.append("subject", mail.subject())
			.append("paragraphs", mail.paragraphs())
			.append("action", mail.action())
			.append("figures", mail.figures().stream().map(MailDocuments::figure).toList())
			.append("at", Date.from(mail.at()));
	}

	static Mail read(Document document) {
		List<Mail.Figure> figures = document.getList("figures", Document.class)
			.stream()
			.map((figure) -> new Mail.Figure(figure.getString("label"), figure.getLong("count")))
			.toList();
		return new Mail(document.getString("_id"),
				new InboxId(new OrganizationId(document.getString("organization")), document.getString("recipient")),
				document.getString("to"), document.getString("name"), Language.valueOf(document.getString("language")),
				Severity.valueOf(document.getString("severity")), document.getString("subject"),
				document.getList("paragraphs", String.class), document.getString("action"), figures,
				document.getDate("at").toInstant());
	}

	private static Document figure(Mail.Figure figure) {
		return new Document("label", figure.label()).append("count", figure.count());
	}

}
