package io.rollcall.support.mongo;

import io.rollcall.support.DeadLetters;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** How many dead letters wait for a person. A service that has some stays ready. */
final class DeadLettersHealth extends AbstractHealthIndicator {

	private final DeadLetters letters;

	DeadLettersHealth(DeadLetters letters) {
		super("the dead letters cannot be counted");
		this.letters = letters;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		long waiting = this.letters.count();
		builder.status((waiting > 0) ? "DEGRADED" : "UP").withDetail("waiting", waiting);
	}

}
