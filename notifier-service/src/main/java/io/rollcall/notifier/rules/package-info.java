/**
 * What people are told, as pure decisions: {@link io.rollcall.notifier.rules.ChangeNews}
 * and {@link io.rollcall.notifier.rules.RunNews} say what an event means and for whom,
 * {@link io.rollcall.notifier.rules.StateChanges} whether it is to be told,
 * {@link io.rollcall.notifier.rules.Words} in which words, and
 * {@link io.rollcall.notifier.rules.MailDraft} what becomes one mail.
 */
@NullMarked
package io.rollcall.notifier.rules;

import org.jspecify.annotations.NullMarked;
