package io.rollcall.notifier;

import io.rollcall.notifier.flow.Mails;
import io.rollcall.notifier.flow.SendMails;
import io.rollcall.notifier.flow.SendMails.Outage;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Says whether e-mails get through. While they do not the service stays ready, degraded:
 * inboxes work and nothing is lost.
 */
@Component("smtpHealthIndicator")
class SmtpReadiness extends AbstractHealthIndicator {

	private final SendMails sendMails;

	private final Mails mails;

	SmtpReadiness(SendMails sendMails, Mails mails) {
		super("the mails that wait cannot be counted");
		this.sendMails = sendMails;
		this.mails = mails;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		Outage outage = this.sendMails.outage();
		if (outage == null) {
			builder.up();
		}
		else {
			builder.status("DEGRADED")
				.withDetail("since", outage.since().toString())
				.withDetail("nextAttempt", outage.nextAttempt().toString())
				.withDetail("reason", outage.reason())
				.withDetail("action", outage.action());
		}
		builder.withDetail("waiting", this.mails.waiting());
	}

}
