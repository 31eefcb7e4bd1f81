package io.rollcall.notifier.mail;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;

import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Spring's mail sender for an SMTP URL. It tells a connection that never came about from
 * one that failed to close: after the latter the mail has been taken.
 */
final class SmtpSender extends JavaMailSenderImpl {

	private static final int SMTP = 25;

	private static final int SUBMISSION = 587;

	private static final int SMTPS = 465;

	SmtpSender(SmtpSettings settings) {
		URI url = settings.url();
		String protocol = (url.getScheme() != null) ? url.getScheme() : "";
		boolean startTls = "starttls=true".equals(url.getQuery());
		if (!protocol.equals("smtp") && !protocol.equals("smtps") || url.getHost() == null
				|| url.getQuery() != null && !startTls) {
			// The URL may hold a password: do not repeat it.
			throw new IllegalArgumentException(
					"ROLLCALL_SMTP_URL must look like smtp://user:password@host:port, smtps://… or smtp://…?starttls=true");
		}
		setProtocol(protocol);
		setHost(url.getHost());
		setPort((url.getPort() > 0) ? url.getPort() : protocol.equals("smtps") ? SMTPS : startTls ? SUBMISSION : SMTP);
		setDefaultEncoding(StandardCharsets.UTF_8.name());
		setJavaMailProperties(properties("mail." + protocol + ".", settings, startTls));
		String[] login = (url.getRawUserInfo() != null) ? url.getRawUserInfo().split(":", 2) : new String[0];
		if (login.length == 2) {
			setUsername(decode(login[0]));
			setPassword(decode(login[1]));
			getJavaMailProperties().setProperty("mail." + protocol + ".auth", "true");
		}
	}

	@Override
	protected Transport connectTransport() throws MessagingException {
		try {
			return super.connectTransport();
		}
		catch (jakarta.mail.AuthenticationFailedException ex) {
			throw ex;
		}
		catch (MessagingException ex) {
			throw new NotConnected(ex);
		}
	}

	private static Properties properties(String prefix, SmtpSettings settings, boolean startTls) {
		Properties properties = new Properties();
		String timeout = Long.toString(settings.timeout().toMillis());
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

	/** No connection to the server. */
	static final class NotConnected extends MessagingException {

		NotConnected(MessagingException cause) {
			super(cause.getMessage(), cause);
		}

	}

}
