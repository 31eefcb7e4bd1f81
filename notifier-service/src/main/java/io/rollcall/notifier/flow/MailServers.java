package io.rollcall.notifier.flow;

import io.rollcall.notifier.rules.Mail;
import reactor.core.publisher.Mono;

/** What takes our mails. */
public interface MailServers {

	/** Hands a mail over; never fails, but says what became of it. */
	Mono<Delivery> deliver(Mail mail);

	/** What became of a mail. */
	sealed interface Delivery {

		/** The server answered 250: the mail is its business now. */
		record Taken() implements Delivery {
		}

		/** The server will never take mail for this address. */
		record Refused(String reason) implements Delivery {
		}

		/** The server does not take this mail now. */
		record Deferred(String reason) implements Delivery {
		}

		/** The server takes no mail at all now, be it away or our settings wrong. */
		record Unreachable(String reason, String action) implements Delivery {
		}

	}

}
