package io.rollcall.notifier.mail;

import java.net.URI;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach the mail server.
 *
 * @param url {@code smtp://user:password@host:port}, {@code smtps://…} for TLS from the
 * first byte, {@code ?starttls=true} to insist on STARTTLS; user and password are percent
 * encoded
 * @param from the sender of all mails
 * @param link what mails link to: the console
 * @param timeout of connecting, and of each answer of the server
 */
@ConfigurationProperties("rollcall.smtp")
public record SmtpSettings(@DefaultValue("smtp://localhost:1025") URI url,
		@DefaultValue("Rollcall <rollcall@localhost>") String from, @DefaultValue("http://localhost:8080") String link,
		@DefaultValue("20s") Duration timeout) {
}
