package io.rollcall.notifier.flow;

import java.time.Instant;

import io.rollcall.notifier.rules.Alert;
import org.jspecify.annotations.Nullable;

/**
 * An alert in its inbox.
 *
 * @param cursor its number in the inbox, from 1 on, without gaps
 * @param readAt when the recipient read it, or null
 */
public record FiledAlert(Alert alert, long cursor, Instant filedAt, @Nullable Instant readAt) {
}
