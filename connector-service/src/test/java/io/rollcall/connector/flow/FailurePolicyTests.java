package io.rollcall.connector.flow;

import java.time.Duration;

import io.rollcall.connector.flow.FailurePolicy.Reaction;
import io.rollcall.connector.rules.Failure;
import io.rollcall.model.run.Problem.Code;
import io.rollcall.support.Backoff;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long to wait after a failure, and who must be told. */
class FailurePolicyTests {

	private static final FailurePolicy POLICY = new FailurePolicy(
			new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
			new Backoff(Duration.ofMinutes(5), Duration.ofHours(1)));

	@Test
	void obeysGraphBeforeItsOwnBackoff() {
		assertThat(POLICY.judge(new Failure.Throttled(Duration.ofSeconds(42), "slow down"), 3, 0))
			.isEqualTo(new Reaction(Duration.ofSeconds(42), null, false));
		assertThat(POLICY.judge(new Failure.Throttled(null, "slow down"), 2, 1))
			.isEqualTo(new Reaction(Duration.ofSeconds(2), null, false));
	}

	@Test
	void tellsOfATransientFailureThatLasts() {
		Failure failure = new Failure.Transient(Code.GRAPH_FAILED, true, null, "503");
		for (int failures = 1; failures < 30; failures++) {
			assertThat(POLICY.judge(failure, failures, 0.5).problem() != null).isEqualTo(failures >= 6);
		}
	}

	@Test
	void triesAnUnreadablePageAFewTimesThenTellsAndTriesLater() {
		Failure failure = new Failure.Unreadable("half a page");
		assertThat(POLICY.judge(failure, 2, 1)).isEqualTo(new Reaction(Duration.ofSeconds(2), null, false));
		assertThat(POLICY.judge(failure, 3, 1)).isEqualTo(new Reaction(Duration.ofMinutes(5),
				FailurePolicy.problem(Code.RESPONSE_UNREADABLE, failure, false), false));
	}

	@Test
	void tellsAtOnceOfASecretButNotOfAPermissionThatIsYoungAndProbesBothForEver() {
		Failure secret = new Failure.Denied(Code.CREDENTIAL_EXPIRED, true, "old");
		assertThat(POLICY.judge(secret, 1, 1)).isEqualTo(new Reaction(Duration.ofMinutes(5),
				FailurePolicy.problem(Code.CREDENTIAL_EXPIRED, secret, true), false));
		assertThat(POLICY.judge(secret, 100, 1).after()).isEqualTo(Duration.ofHours(1));
		Failure forbidden = new Failure.Denied(Code.PERMISSION_MISSING, false, "403");
		assertThat(POLICY.judge(forbidden, 2, 1)).isEqualTo(new Reaction(Duration.ofSeconds(2), null, false));
		assertThat(POLICY.judge(forbidden, 3, 1).problem()).isNotNull();
		assertThat(POLICY.judge(forbidden, 4, 1).after()).isEqualTo(Duration.ofMinutes(10));
	}

	@Test
	void beginsAnewAtOnceForAnExpiredLinkAndAfterThreeTriesForADeadOne() {
		assertThat(POLICY.judge(new Failure.LinkExpired("410"), 1, 1).after()).isZero();
		assertThat(POLICY.judge(new Failure.LinkExpired("410"), 1, 1).beginsAnew()).isTrue();
		assertThat(POLICY.judge(new Failure.LinkExpired("410"), 3, 1).after()).isEqualTo(Duration.ofSeconds(4));
		for (int failures = 1; failures < 6; failures++) {
			assertThat(POLICY.judge(new Failure.LinkDead("404"), failures, 1).beginsAnew()).isEqualTo(failures >= 3);
		}
	}

}
