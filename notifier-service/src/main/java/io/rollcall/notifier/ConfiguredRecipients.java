package io.rollcall.notifier;

import java.util.List;
import java.util.Set;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Recipients that are there from the start. They win over what was saved under the same
 * id; other recipients stay.
 */
@ConfigurationProperties("rollcall")
public record ConfiguredRecipients(@DefaultValue List<Entry> recipients) {

	List<Recipient> all() {
		return this.recipients.stream().map(Entry::recipient).toList();
	}

	/**
	 * One recipient.
	 *
	 * @param name the id if left out
	 * @param channels all if left out
	 */
	public record Entry(String organization, String id, @Nullable String name, String email,
			@DefaultValue("OWNER") Role role, @DefaultValue("EN") Language language, @Nullable Set<Channel> channels) {

		Recipient recipient() {
			return new Recipient(new InboxId(new OrganizationId(this.organization), this.id),
					(this.name != null) ? this.name : this.id, this.email, this.role, this.language,
					(this.channels != null) ? this.channels : Set.of(Channel.values()), null);
		}

	}

}
