package io.rollcall.connector.web;

import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rollcall.connector.flow.hint.Webhook.Notification;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * What Graph posts. Its {@code sequenceNumber} is larger than a double can hold and is
 * not needed: it is not read at all.
 */
record NotificationBody(@Nullable List<Item> value) {

	private static final Pattern USER = Pattern.compile("#microsoft\\.graph\\.user|/?users(/.*)?",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern GROUP = Pattern.compile("#microsoft\\.graph\\.group|/?groups(/.*)?",
			Pattern.CASE_INSENSITIVE);

	List<Notification> notifications() {
		return (this.value != null) ? this.value.stream().map(Item::notification).toList() : List.of();
	}

	record Item(@Nullable String subscriptionId, @Nullable String clientState, @Nullable String changeType,
			@Nullable String resource, @Nullable String lifecycleEvent, @Nullable Data resourceData) {

		Notification notification() {
			return new Notification(orEmpty(this.subscriptionId), orEmpty(this.clientState), this.changeType, kind(),
					(this.resourceData != null) ? this.resourceData.id() : null, this.lifecycleEvent);
		}

		private ObjectKind kind() {
			String type = (this.resourceData != null && this.resourceData.type() != null) ? this.resourceData.type()
					: orEmpty(this.resource);
			return USER.matcher(type).matches() ? ObjectKind.USER
					: GROUP.matcher(type).matches() ? ObjectKind.GROUP : ObjectKind.OTHER;
		}

		private static String orEmpty(@Nullable String text) {
			return (text != null) ? text : "";
		}

	}

	record Data(@Nullable String id, @JsonProperty("@odata.type") @Nullable String type) {
	}

}
