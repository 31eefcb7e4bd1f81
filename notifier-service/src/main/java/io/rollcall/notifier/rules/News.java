package io.rollcall.notifier.rules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Tally;
import io.rollcall.notifier.rules.Alert.Mailing;
import org.jspecify.annotations.Nullable;

/**
 * What an event means for people, before anyone's language.
 *
 * @param event its id: nobody is told twice of the same
 * @param type what machines call it
 * @param audience the roles that it concerns
 * @param mail who wants this channel gets it by e-mail; null for nobody
 * @param change what it counts as where it is folded with others; {@link Tally#NONE} for
 * what is told whole
 * @param text its words
 */
public record News(OrganizationId organization, String event, String type, Severity severity, Set<Role> audience,
		@Nullable Channel mail, @Nullable String subject, Tally change, Instant at, Function<Words, Text> text) {

	static final Set<Role> EVERYONE = Set.of(Role.values());

	static final Set<Role> IN_CHARGE = Set.of(Role.OWNER, Role.ADMIN);

	/** Whether any of the recipients is concerned. */
	public boolean concerns(Collection<Recipient> recipients) {
		return recipients.stream().anyMatch((recipient) -> this.audience.contains(recipient.role()));
	}

	/** An alert for each recipient who is concerned and wants it in some way. */
	public List<Alert> alerts(Collection<Recipient> recipients) {
		Map<Language, Text> texts = new EnumMap<>(Language.class);
		List<Alert> alerts = new ArrayList<>();
		for (Recipient recipient : recipients) {
			Mailing mailing = mailing(recipient);
			boolean inApp = recipient.wants(Channel.IN_APP);
			if (this.audience.contains(recipient.role()) && (inApp || mailing != Mailing.NONE)) {
				Text text = texts.computeIfAbsent(recipient.language(),
						(language) -> this.text.apply(Words.in(language)));
				alerts.add(new Alert(recipient.inbox(), this.event, this.type, this.severity, text, this.subject,
						this.change, inApp, mailing, this.at.truncatedTo(ChronoUnit.MILLIS)));
			}
		}
		return alerts;
	}

	private Mailing mailing(Recipient recipient) {
		if (recipient.mailRefused() != null || this.mail == null || !recipient.wants(this.mail)) {
			return Mailing.NONE;
		}
		return this.change.isEmpty() ? Mailing.AT_ONCE : Mailing.GATHERED;
	}

}
