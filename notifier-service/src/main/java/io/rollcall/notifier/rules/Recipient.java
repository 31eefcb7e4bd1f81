package io.rollcall.notifier.rules;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A person who is told what happens in an organization.
 *
 * @param mailRefused why the mail server refused this e-mail address for good, or null
 * while it is fine; nothing more is sent there until the address is saved again
 */
public record Recipient(InboxId inbox, String name, String email, Role role, Language language, Set<Channel> channels,
		@Nullable String mailRefused) {

	public Recipient {
		channels = Set.copyOf(channels);
	}

	boolean wants(Channel channel) {
		return this.channels.contains(channel);
	}

}
