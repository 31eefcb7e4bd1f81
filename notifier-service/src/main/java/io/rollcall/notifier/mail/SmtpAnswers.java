package io.rollcall.notifier.mail;

import java.util.regex.Pattern;

import io.rollcall.notifier.flow.MailServers.Delivery;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * Says what became of a mail by how sending failed. Only a 5.1.x about the address says
 * that there is no such mailbox; what concerns us or the connection stops all mails, and
 * any other answer this mail, for now.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3463#section-3.2">Enhanced status
 * codes</a>
 */
final class SmtpAnswers {

	/** The others of 5.1.x are about the sender, or no failure. */
	private static final Pattern NO_SUCH_MAILBOX = Pattern.compile("5\\d\\d[ -]5\\.1\\.(?:[12346]|10)\\b.*");

	private static final Pattern ADDRESS = Pattern.compile("[^\\s<>]+@[^\\s<>:;,]+");

	private static final int CLOSING = 421;

	private static final String CHECK_SERVER = "Check ROLLCALL_SMTP_URL and that the mail server is up";

	private static final String CHECK_LOGIN = "Check user and password in ROLLCALL_SMTP_URL";

	private static final String CHECK_SENDER = "Check rollcall.smtp.from and what the mail server lets this sender do";

	private SmtpAnswers() {
	}

	static Delivery ofConnecting(MessagingException failure) {
		return (failure instanceof AuthenticationFailedException)
				? new Delivery.Unreachable("the mail server rejects the login: " + reason(failure), CHECK_LOGIN)
				: new Delivery.Unreachable("the mail server cannot be reached: " + reason(failure), CHECK_SERVER);
	}

	static Delivery ofSending(MessagingException failure) {
		SMTPAddressFailedException address = find(failure, SMTPAddressFailedException.class);
		if (address != null) {
			return ofMail(reason(address));
		}
		SMTPSenderFailedException sender = find(failure, SMTPSenderFailedException.class);
		if (sender != null) {
			return new Delivery.Unreachable("the mail server does not take mail from us: " + reason(sender),
					CHECK_SENDER);
		}
		SMTPSendFailedException send = find(failure, SMTPSendFailedException.class);
		if (send != null && send.getReturnCode() > 0 && send.getReturnCode() != CLOSING) {
			return (send.getReturnCode() == 530 || send.getReturnCode() == 535)
					? new Delivery.Unreachable("the mail server wants a login: " + reason(send), CHECK_LOGIN)
					: ofMail(reason(send));
		}
		return new Delivery.Unreachable("the connection to the mail server broke: " + reason(failure), CHECK_SERVER);
	}

	private static Delivery ofMail(String reason) {
		return NO_SUCH_MAILBOX.matcher(reason).matches() ? new Delivery.NoSuchMailbox(reason)
				: new Delivery.Rejected("the mail server does not take a mail: " + reason, CHECK_SENDER);
	}

	/** The next exception of a mail exception is its cause. */
	private static <T extends MessagingException> @Nullable T find(Throwable failure, Class<T> type) {
		for (Throwable at = failure; at != null; at = at.getCause()) {
			if (type.isInstance(at)) {
				return type.cast(at);
			}
		}
		return null;
	}

	/** Without addresses, as it is shown to operators. */
	static String reason(Throwable failure) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
		String message = (root.getMessage() != null) ? root.getMessage() : root.toString();
		return ADDRESS.matcher(message.replaceAll("\\s+", " ").strip()).replaceAll("…");
	}

}
