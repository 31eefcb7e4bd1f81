package io.rollcall.notifier.rules;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.run.RunEvent;
import io.rollcall.notifier.rules.News.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an event makes people hear.
 *
 * @param unheard news that concerns somebody in charge, of whom the organization has
 * none; null otherwise
 */
public record Announcement(List<Alert> alerts, List<Mail> mails, @Nullable String unheard) {

	private static final Announcement NOTHING = new Announcement(List.of(), List.of(), null);

	public Announcement {
		alerts = List.copyOf(alerts);
		mails = List.copyOf(mails);
	}

	/** Whose event it is, or null for one that is nobody's news. */
	public static @Nullable OrganizationId organizationOf(Envelope<?> envelope) {
		return switch (envelope.event()) {
			case Change change -> NewsPolicy.isToldAlone(envelope) ? change.organization() : null;
			case RunEvent run -> run.organization();
			default -> null;
		};
	}

	/** What the event makes the organization's recipients hear. */
	public static Announcement of(Envelope<?> envelope, Collection<Recipient> recipients) {
		Optional<News> news = NewsPolicy.newsOf(envelope);
		return news.isPresent() ? of(envelope.id(), news.get(), recipients) : NOTHING;
	}

	/**
	 * What owners hear when the mail server refused somebody's address for good.
	 * @param first the key of the first mail that was refused, which makes it one event
	 */
	public static Announcement ofRefusedAddress(String first, Mail mail, String reason,
			Collection<Recipient> recipients) {
		News news = News
			.of("MailRefused", Severity.ERROR, Set.of(Role.OWNER), mail.at(), new Part.Text(mail.name()),
					new Part.Text(mail.to()), new Part.Text(reason))
			.about(mail.inbox().recipient())
			.asking("MailRefused.action");
		return of("mail:" + first, news, recipients);
	}

	private static Announcement of(String event, News news, Collection<Recipient> recipients) {
		List<Alert> alerts = new ArrayList<>();
		List<Mail> mails = new ArrayList<>();
		boolean heard = false;
		for (Recipient recipient : recipients) {
			if (news.audience().contains(recipient.role())) {
				heard = true;
				Wording wording = Wording.in(recipient.language());
				if (news.delivery().contains(Delivery.INBOX) && recipient.wants(Channel.IN_APP)) {
					alerts.add(alert(event, news, recipient, wording));
				}
				if (isMailed(news, recipient)) {
					mails.add(mail(event, news, recipient, wording));
				}
			}
		}
		return new Announcement(alerts, mails, heard ? null : news.type());
	}

	private static boolean isMailed(News news, Recipient recipient) {
		return recipient.canBeMailed()
				&& (news.delivery().contains(Delivery.FAILURE_MAIL) && recipient.wants(Channel.FAILURE_MAIL)
						|| news.delivery().contains(Delivery.DIGEST_MAIL) && recipient.wants(Channel.DIGEST));
	}

	private static Alert alert(String event, News news, Recipient recipient, Wording wording) {
		List<String> body = new ArrayList<>(wording.paragraphs(news));
		wording.figures(news).forEach((figure) -> body.add(figure.label() + ": " + figure.count()));
		String action = wording.action(news);
		if (action != null) {
			body.add(action);
		}
		return new Alert(recipient.inbox(), event, news.type(), news.severity(), wording.title(news),
				String.join("\n", body), news.subject(), news.at().truncatedTo(ChronoUnit.MILLIS));
	}

	private static Mail mail(String event, News news, Recipient recipient, Wording wording) {
		return new Mail(recipient.inbox() + ":" + news.mailedAs(event), recipient.inbox(), recipient.email(),
				recipient.name(), recipient.language(), news.severity(), wording.title(news), wording.paragraphs(news),
				wording.action(news), wording.figures(news), news.at());
	}

}
