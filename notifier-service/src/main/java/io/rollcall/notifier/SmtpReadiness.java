package io.rollcall.notifier;

import io.rollcall.notifier.flow.Mails;
import io.rollcall.notifier.flow.Posting;
import io.rollcall.notifier.flow.Posting.Outage;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Says whether e-mails get through. While they do not the service stays ready, degraded:
 * inboxes work and nothing is lost.
 */
@Component("smtpHealthIndicator")
class SmtpReadiness extends AbstractReactiveHealthIndicator {

	private static final Status DEGRADED = new Status("DEGRADED");

	private static final long UNKNOWN = -1;

	private final Posting posting;

	private final Mails mails;

	SmtpReadiness(Posting posting, Mails mails) {
		this.posting = posting;
		this.mails = mails;
	}

	@Override
	protected Mono<Health> doHealthCheck(Health.Builder builder) {
		return this.mails.waiting().onErrorReturn(UNKNOWN).map((waiting) -> health(builder, waiting));
	}

	private Health health(Health.Builder builder, long waiting) {
		if (waiting != UNKNOWN) {
			builder.withDetail("waiting", waiting);
		}
		Outage outage = this.posting.outage();
		if (outage == null) {
			return builder.up().build();
		}
		return builder.status(DEGRADED)
			.withDetail("since", outage.since().toString())
			.withDetail("nextAttempt", outage.nextAttempt().toString())
			.withDetail("reason", outage.reason())
			.withDetail("action", outage.action())
			.build();
	}

}
