package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;

import io.rollcall.model.ObjectId;
import io.rollcall.model.run.Problem.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How long to wait after a failure, and who must be told. */
class RetryTests {

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final FailurePolicy POLICY = FailurePolicy.DEFAULT;

	private static final BulkPace PACE = new BulkPace(new BulkPace.Ahead(Duration.ofMillis(200), 250),
			new BulkPace.Ahead(Duration.ofSeconds(1), 2_000));

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "10|10000", "2.128|2128", "0|500", "0.0|500", ".7|700", "1, 5, 2|5000", "junk, 3|3000",
					"120|120000", "86400|3600000", "Mon, 23 Nov 2026 12:00:30 GMT|30000",
					"Mon, 23 Nov 2026 11:00:00 GMT|500", " 7 |7000" })
	void understandsEveryFormOfRetryAfter(String header, long millis) {
		assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "soon", "-1", "1e9", "99999999999999999999", "NaN", "," })
	void saysNothingWhenTheHeaderSaysNothing(String header) {
		assertThat(RetryAfter.parse(header, NOW)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "1,0,500", "1,1,1000", "2,1,2000", "4,0.5,6000", "30,1,300000", "2000000000,0,150000" })
	void doublesTheWaitUpToALongestOne(int failures, double jitter, long millis) {
		assertThat(Backoff.DEFAULT.after(failures, jitter)).isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@CsvSource({ "true,0,5000,0", "true,250,0,0", "true,251,0,1000", "true,3000,10000,100", "true,100000,10000,1000",
			"true,251,1000,20", "true,16000,80000,0", "true,9223372036854775807,0,1000", "false,251,0,0",
			"false,2000,0,0", "false,2001,0,1000", "false,10000,10000,0", "false,11000,10000,100" })
	void letsABulkRunWaitForAReconcilerThatLags(boolean hints, long lag, double perSecond, long millis) {
		assertThat(PACE.pause(lag, perSecond, hints)).isEqualTo(Duration.ofMillis(millis));
	}

	@Test
	void publishesSmallerSlicesWhileHintsCome() {
		assertThat(PACE.slice(true)).isEqualTo(125);
		assertThat(PACE.slice(false)).isEqualTo(1_000);
	}

	@Test
	void obeysGraphBeforeItsOwnBackoff() {
		assertThat(POLICY.judge(new Failure.Throttled(Duration.ofSeconds(42), "slow down"), 3, 0))
			.isEqualTo(new Reaction.Retry(Duration.ofSeconds(42)));
		assertThat(POLICY.judge(new Failure.Throttled(null, "slow down"), 2, 1))
			.isEqualTo(new Reaction.Retry(Duration.ofSeconds(2)));
	}

	@Test
	void tellsOnceOfATransientFailureThatLasts() {
		Failure failure = new Failure.Transient(Code.GRAPH_FAILED, true, null, "503");
		for (int failures = 1; failures < 30; failures++) {
			Class<?> expected = (failures == 6) ? Reaction.TellAndRetry.class : Reaction.Retry.class;
			assertThat(POLICY.judge(failure, failures, 0.5)).isInstanceOf(expected);
		}
	}

	@Test
	void triesAnUnreadablePageAFewTimesThenTellsAndTriesLater() {
		Failure failure = new Failure.Unreadable("half a page");
		assertThat(POLICY.judge(failure, 1, 0)).isInstanceOf(Reaction.Retry.class);
		assertThat(POLICY.judge(failure, 3, 0)).isEqualTo(new Reaction.TellAndRetry(
				FailurePolicy.problem(Code.RESPONSE_UNREADABLE, "half a page", false), Duration.ofMinutes(15)));
		assertThat(POLICY.judge(failure, 4, 0)).isEqualTo(new Reaction.Retry(Duration.ofMinutes(15)));
	}

	@Test
	void needsAPersonAtOnceForASecretButNotForAPermissionThatIsYoung() {
		assertThat(POLICY.judge(new Failure.Denied(Code.CREDENTIAL_EXPIRED, true, "old"), 1, 0))
			.isInstanceOf(Reaction.WaitForPerson.class);
		Failure forbidden = new Failure.Denied(Code.PERMISSION_MISSING, false, "403");
		assertThat(POLICY.judge(forbidden, 2, 0)).isInstanceOf(Reaction.Retry.class);
		assertThat(POLICY.judge(forbidden, 3, 0)).isInstanceOf(Reaction.WaitForPerson.class);
	}

	@Test
	void countsEachKindOfFailureByItself() {
		Failure passing = new Failure.Transient(Code.GRAPH_FAILED, true, null, "503");
		Failure forbidden = new Failure.Denied(Code.PERMISSION_MISSING, false, "403");
		FailureCounts counts = FailureCounts.NONE.plus(passing).plus(passing).plus(forbidden);
		assertThat(POLICY.judge(forbidden, counts.of(forbidden), 0)).isInstanceOf(Reaction.Retry.class);
		int told = 0;
		for (int i = 0; i < 10; i++) {
			Failure failure = (i % 2 == 0) ? passing : new Failure.Throttled(null, "429");
			counts = counts.plus(failure);
			told += (POLICY.judge(failure, counts.of(failure), 0) instanceof Reaction.TellAndRetry) ? 1 : 0;
		}
		assertThat(told).isEqualTo(1);
	}

	@Test
	void waitsLongerEachTimeThatAChainIsLostAlthoughPagesAreReadBetween() {
		Failure expired = new Failure.DeltaLinkExpired("410");
		FailureCounts counts = FailureCounts.NONE;
		for (long seconds : new long[] { 0, 2, 4, 8 }) {
			counts = counts.plus(new Failure.Unreadable("half")).afterPage().plus(expired);
			assertThat(POLICY.judge(expired, counts.of(expired), 1)).isInstanceOfSatisfying(Reaction.StartAgain.class,
					(again) -> assertThat(again.after()).isEqualTo(Duration.ofSeconds(seconds)));
		}
		assertThat(counts.of(new Failure.Unreadable("half"))).isZero();
	}

	@Test
	void triesAPersonAFewTimesAsGraphSaysAndGivesUp() {
		assertThat(POLICY.personWait(new Failure.Throttled(Duration.ofSeconds(42), "slow down"), 1, 0))
			.isEqualTo(Duration.ofSeconds(42));
		assertThat(POLICY.personWait(new Failure.Unreadable("half"), 2, 1)).isEqualTo(Duration.ofSeconds(2));
		assertThat(POLICY.givesUpPerson(4)).isFalse();
		assertThat(POLICY.givesUpPerson(5)).isTrue();
		assertThat(FailurePolicy.personGivenUp(new ObjectId("ada"), new Failure.Unreadable("half"))).satisfies((it) -> {
			assertThat(it.code()).isEqualTo(Code.RESPONSE_UNREADABLE);
			assertThat(it.needsPerson()).isTrue();
			assertThat(it.message()).isEqualTo("User ada could not be read: half");
		});
	}

	@ParameterizedTest
	@CsvSource({ "0,28209600", "28209599,28209600", "28209600,28209601", "28300000,28300001" })
	void raisesTheEpochWithTheSecondsAndAlwaysByOne(long previous, long next) {
		assertThat(Epochs.next(previous, Instant.parse("2026-11-23T12:00:00Z"))).isEqualTo(next);
	}

}
