package io.rollcall.notifier.rules;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.alert.AlertRaised.Severity;

/**
 * An e-mail to one recipient, in words but without looks.
 *
 * @param key the same for the same mail, however often it is tried
 * @param sections what happened; of a single one the title is the subject
 */
public record Mail(String key, Recipient to, Severity severity, String subject, List<Text> sections, Instant at) {
}
