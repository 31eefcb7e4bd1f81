package io.rollcall.notifier.mail;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import io.rollcall.notifier.flow.MailServers;
import io.rollcall.notifier.rules.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.springframework.mail.MailException;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Hands mails to an SMTP server. */
public final class SmtpServers implements MailServers {

	private final SmtpSender sender;

	private final MailTemplate template;

	private final InternetAddress from;

	public SmtpServers(SmtpSettings settings) {
		this.sender = new SmtpSender(settings);
		this.template = new MailTemplate(settings.link());
		try {
			this.from = new InternetAddress(settings.from(), true);
		}
		catch (MessagingException ex) {
			throw new IllegalArgumentException("rollcall.smtp.from '" + settings.from()
					+ "' is not an e-mail address such as Rollcall <rollcall@example.com>", ex);
		}
	}

	@Override
	public Delivery deliver(Mail mail) {
		MimeMessage message;
		try {
			message = message(mail);
		}
		catch (MessagingException ex) {
			return new Delivery.NoSuchMailbox("it is not an e-mail address: " + SmtpAnswers.reason(ex));
		}
		try {
			this.sender.send(message);
			return new Delivery.Taken();
		}
		catch (MailException ex) {
			return SmtpAnswers.read(ex);
		}
	}

	private MimeMessage message(Mail mail) throws MessagingException {
		MimeMessage message = this.sender.createMimeMessage();
		MimeMessageHelper helper = new MimeMessageHelper(message, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED,
				StandardCharsets.UTF_8.name());
		helper.setFrom(this.from);
		InternetAddress to = new InternetAddress(mail.to().email(), true);
		setName(to, mail.to().name());
		helper.setTo(to);
		helper.setSubject(mail.subject());
		helper.setText(this.template.text(mail), this.template.html(mail));
		helper.setSentDate(java.util.Date.from(mail.at()));
		message.setHeader("Message-ID", messageId(mail));
		// Keeps out-of-office answers away.
		message.setHeader("Auto-Submitted", "auto-generated");
		message.setHeader("X-Auto-Response-Suppress", "All");
		return message;
	}

	/** The same for the same mail, however often it is sent. */
	private String messageId(Mail mail) {
		String domain = this.from.getAddress().substring(this.from.getAddress().lastIndexOf('@') + 1);
		return "<" + UUID.nameUUIDFromBytes(mail.key().getBytes(StandardCharsets.UTF_8)) + "@" + domain + ">";
	}

	private static void setName(InternetAddress address, String name) {
		try {
			address.setPersonal(name.replaceAll("\\p{Cntrl}+", " "), StandardCharsets.UTF_8.name());
		}
		catch (java.io.UnsupportedEncodingException ex) {
			throw new IllegalStateException("every Java has UTF-8", ex);
		}
	}

}
