package io.rollcall.notifier.flow;

import io.rollcall.notifier.rules.Mail;

/** What takes our mails. */
public interface MailServers {

	/** Hands a mail over; never fails, but says what became of it. */
	Delivery deliver(Mail mail);

	/** What became of a mail. */
	sealed interface Delivery {

		/** The server answered 250: the mail is its business now. */
		record Taken() implements Delivery {
		}

		/** There is no such mailbox, and there will be none. */
		record NoSuchMailbox(String reason) implements Delivery {
		}

		/** The server does not take this mail now; others it may take. */
		record Rejected(String reason, String action) implements Delivery {
		}

		/** The server takes no mail at all now, be it away or our settings wrong. */
		record Unreachable(String reason, String action) implements Delivery {
		}

	}

}
