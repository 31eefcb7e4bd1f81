/**
 * What people are told, as pure decisions: {@link io.rollcall.notifier.rules.NewsPolicy}
 * says what an event means, {@link io.rollcall.notifier.rules.Announcement} who hears of
 * it and by which channel, {@link io.rollcall.notifier.rules.Wording} in which words. The
 * flow calls {@code Announcement}; nothing here knows a clock, a database or a mail
 * server.
 */
@NullMarked
package io.rollcall.notifier.rules;

import org.jspecify.annotations.NullMarked;
