package io.rollcall.notifier.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** An organization's recipients. */
@RestController
@RequestMapping("/api/organizations/{organization}/recipients")
public class RecipientsController {

	private final Recipients recipients;

	RecipientsController(Recipients recipients) {
		this.recipients = recipients;
	}

	@GetMapping
	List<RecipientBody> list(@PathVariable String organization) {
		OrganizationId id = new OrganizationId(organization);
		List<Recipient> known = this.recipients.of(List.of(id)).get(id);
		if (known == null) {
			throw Problems
				.notFound("Organization %s has no recipients. Add some with PUT /api/organizations/%s/recipients"
					.formatted(id, id));
		}
		return bodies(known);
	}

	/** Replaces all of them. */
	@PutMapping
	List<RecipientBody> replace(@PathVariable String organization, @RequestBody List<RecipientBody> bodies) {
		OrganizationId id = new OrganizationId(organization);
		List<Recipient> read = RecipientBody.read(id, bodies);
		this.recipients.replace(id, read);
		return bodies(read);
	}

	private static List<RecipientBody> bodies(List<Recipient> recipients) {
		return recipients.stream().map(RecipientBody::of).toList();
	}

	/**
	 * A recipient as JSON. Language (EN) and channels (all) may be left out.
	 *
	 * @param mailRefused only in answers: why no e-mail is sent to this address any more
	 */
	record RecipientBody(@Nullable String id, @Nullable String name, @Nullable String email, @Nullable String role,
			@Nullable String language, @Nullable List<String> channels, @Nullable String mailRefused) {

		static RecipientBody of(Recipient recipient) {
			return new RecipientBody(recipient.inbox().recipient(), recipient.name(), recipient.email(),
					recipient.role().name(), recipient.language().name(),
					recipient.channels().stream().sorted().map(Enum::name).toList(), recipient.mailRefused());
		}

		static List<Recipient> read(OrganizationId organization, List<RecipientBody> bodies) {
			List<Recipient> recipients = new ArrayList<>();
			Set<String> ids = new HashSet<>();
			for (int i = 0; i < bodies.size(); i++) {
				String place = "[" + i + "].";
				Recipient recipient = bodies.get(i).read(organization, place);
				if (!ids.add(recipient.inbox().recipient())) {
					throw Problems.invalid(place + "id '" + recipient.inbox().recipient() + "' is there twice");
				}
				recipients.add(recipient);
			}
			return recipients;
		}

		private Recipient read(OrganizationId organization, String place) {
			String address = required(place + "email", this.email);
			if (!address.matches("[^@\\s\\p{Cntrl}<>]+@[^@\\s\\p{Cntrl}<>]+")) {
				throw Problems.invalid(place + "email '" + address + "' is not an e-mail address");
			}
			InboxId inbox = new InboxId(organization, required(place + "id", this.id));
			Set<Channel> wanted = new HashSet<>((this.channels != null) ? List.of() : List.of(Channel.values()));
			if (this.channels != null) {
				this.channels.forEach((channel) -> wanted.add(word(Channel.class, place + "channels", channel)));
			}
			return new Recipient(inbox, required(place + "name", this.name), address,
					word(Role.class, place + "role", required(place + "role", this.role)),
					(this.language != null) ? word(Language.class, place + "language", this.language) : Language.EN,
					wanted, null);
		}

		private static String required(String place, @Nullable String value) {
			if (value == null || value.isBlank()) {
				throw Problems.invalid(place + " is missing");
			}
			return value.strip();
		}

		private static <E extends Enum<E>> E word(Class<E> type, String place, String value) {
			try {
				return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
			}
			catch (IllegalArgumentException ex) {
				throw Problems
					.invalid(place + " '" + value + "' is none of " + Arrays.toString(type.getEnumConstants()));
			}
		}

	}

}
