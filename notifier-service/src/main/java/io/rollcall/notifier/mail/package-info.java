/**
 * SMTP: {@code MailTemplate} gives a mail its looks (Thymeleaf, HTML and plain text),
 * {@link io.rollcall.notifier.mail.SmtpServers} hands it to the server through Spring's
 * mail sender and says what became of it. The HTML is written by hand; it is not compiled
 * from MJML yet.
 */
@NullMarked
package io.rollcall.notifier.mail;

import org.jspecify.annotations.NullMarked;
