package io.rollcall.notifier.mail;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;

import io.rollcall.notifier.flow.MailServers;
import io.rollcall.notifier.rules.Mail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import org.jspecify.annotations.Nullable;

/**
 * Hands mails to an SMTP server. Connecting, sending and closing are told apart: what
 * fails to close has been taken.
 */
public final class SmtpServers implements MailServers {

	private static final String UTF_8 = StandardCharsets.UTF_8.name();

	private static final int SMTP = 25;

	private static final int SUBMISSION = 587;

	private static final int SMTPS = 465;

	private final Session session;

	private final @Nullable String user;

	private final @Nullable String password;

	private final MailTemplate template;

	private final InternetAddress from;

	public SmtpServers(SmtpSettings settings) {
		URI url = settings.url();
		String protocol = String.valueOf(url.getScheme());
		boolean startTls = "starttls=true".equals(url.getQuery());
		if (!protocol.equals("smtp") && !protocol.equals("smtps") || url.getHost() == null
				|| url.getQuery() != null && !startTls) {
			// The URL may hold a password: do not repeat it.
			throw new IllegalArgumentException(
					"ROLLCALL_SMTP_URL must look like smtp://user:password@host:port, smtps://… or smtp://…?starttls=true");
		}
		String[] login = (url.getRawUserInfo() != null) ? url.getRawUserInfo().split(":", 2) : new String[0];
		this.user = (login.length == 2) ? decode(login[0]) : null;
		this.password = (login.length == 2) ? decode(login[1]) : null;
		int port = (url.getPort() > 0) ? url.getPort()
				: protocol.equals("smtps") ? SMTPS : startTls ? SUBMISSION : SMTP;
		Properties properties = properties(protocol, url.getHost(), port, startTls, settings);
		properties.setProperty("mail." + protocol + ".auth", Boolean.toString(login.length == 2));
		this.session = Session.getInstance(properties);
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
		Transport transport;
		try {
			transport = this.session.getTransport();
			transport.connect(this.user, this.password);
		}
		catch (MessagingException ex) {
			return SmtpAnswers.ofConnecting(ex);
		}
		try {
			transport.sendMessage(message, message.getAllRecipients());
			return new Delivery.Taken();
		}
		catch (MessagingException ex) {
			return SmtpAnswers.ofSending(ex);
		}
		finally {
			close(transport);
		}
	}

	private static void close(Transport transport) {
		try {
			transport.close();
		}
		catch (MessagingException ex) {
			// What became of the mail is known by now.
		}
	}

	private MimeMessage message(Mail mail) throws MessagingException {
		MimeMessage message = new MimeMessage(this.session);
		message.setFrom(this.from);
		InternetAddress to = new InternetAddress(mail.to().email(), true);
		setName(to, mail.to().name());
		message.setRecipient(Message.RecipientType.TO, to);
		message.setSubject(mail.subject(), UTF_8);
		message.setContent(new MimeMultipart("alternative", part(this.template.text(mail), "plain"),
				part(this.template.html(mail), "html")));
		message.setSentDate(Date.from(mail.at()));
		// Keeps out-of-office answers away.
		message.setHeader("Auto-Submitted", "auto-generated");
		message.setHeader("X-Auto-Response-Suppress", "All");
		// Makes an id of its own.
		message.saveChanges();
		message.setHeader("Message-ID", messageId(mail));
		return message;
	}

	/** The same for the same mail, however often it is sent. */
	private String messageId(Mail mail) {
		String domain = this.from.getAddress().substring(this.from.getAddress().lastIndexOf('@') + 1);
		return "<" + UUID.nameUUIDFromBytes(mail.key().getBytes(StandardCharsets.UTF_8)) + "@" + domain + ">";
	}

	private static MimeBodyPart part(String text, String subtype) throws MessagingException {
		MimeBodyPart part = new MimeBodyPart();
		part.setText(text, UTF_8, subtype);
		return part;
	}

	private static void setName(InternetAddress address, String name) {
		try {
			address.setPersonal(name.replaceAll("\\p{Cntrl}+", " "), UTF_8);
		}
		catch (java.io.UnsupportedEncodingException ex) {
			throw new IllegalStateException("every Java has UTF-8", ex);
		}
	}

	private static Properties properties(String protocol, String host, int port, boolean startTls,
			SmtpSettings settings) {
		Properties properties = new Properties();
		String prefix = "mail." + protocol + ".";
		String timeout = Long.toString(settings.timeout().toMillis());
		properties.setProperty("mail.transport.protocol", protocol);
		properties.setProperty(prefix + "host", host);
		properties.setProperty(prefix + "port", Integer.toString(port));
		properties.setProperty(prefix + "connectiontimeout", timeout);
		properties.setProperty(prefix + "timeout", timeout);
		properties.setProperty(prefix + "writetimeout", timeout);
		properties.setProperty(prefix + "quitwait", "false");
		properties.setProperty(prefix + "ssl.checkserveridentity", "true");
		properties.setProperty(prefix + "starttls.enable", Boolean.toString(startTls));
		properties.setProperty(prefix + "starttls.required", Boolean.toString(startTls));
		return properties;
	}

	private static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}
