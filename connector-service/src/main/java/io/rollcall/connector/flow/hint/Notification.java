package io.rollcall.connector.flow.hint;

import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/** One item of what Graph posts to the webhook. */
public record Notification(String subscription, String clientState, @Nullable String changeType, ObjectKind kind,
		@Nullable String object, @Nullable String lifecycleEvent) {
}
