package io.rollcall.notifier.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.notifier.TestDatabase;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.mongo.MongoMails;
import io.rollcall.notifier.mongo.MongoRecipients;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A batch on its way through the steps, on a real MongoDB. */
class TellingTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final InboxId OLGA = new InboxId(ACME, "olga");

	private TestDatabase test;

	private Recipients recipients;

	private Inboxes inboxes;

	private Mails mails;

	private final List<FiledAlert> published = new ArrayList<>();

	@BeforeEach
	void start() {
		this.test = new TestDatabase("notifier-telling");
		this.recipients = new MongoRecipients(this.test.database(), List.of(new Recipient(OLGA, "Olga",
				"olga@acme.test", Role.OWNER, Language.EN, Set.of(Channel.values()), null)));
		this.inboxes = new MongoInboxes(this.test.database(), Duration.ofDays(90), InstantSource.system());
		this.mails = new MongoMails(this.test.database(), Duration.ofDays(30), InstantSource.system());
	}

	@AfterEach
	void stop() {
		this.test.close();
	}

	/**
	 * Where the process dies; after publishing means before the offsets are committed.
	 */
	enum Crash {

		BEFORE_ALERTS, AFTER_ALERTS, WHILE_REMEMBERING, AFTER_OUTBOX, AFTER_PUBLISHING

	}

	@ParameterizedTest
	@EnumSource(Crash.class)
	void tellsEverythingOnceHoweverItDied(Crash crash) {
		List<Envelope<?>> batch = batch();
		assertThatThrownBy(() -> dyingAt(crash).tell(batch).block(SOON)).hasMessageContaining("died");
		telling(this.inboxes, this.mails, publications()).tell(batch).block(SOON);
		List<FiledAlert> inbox = this.inboxes.after(OLGA, 0, 1000).collectList().block(SOON);
		assertThat(inbox).extracting((filed) -> filed.alert().event())
			.containsExactlyElementsOf(batch.stream().map(Envelope::id).toList());
		assertThat(inbox).extracting(FiledAlert::cursor).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
		assertThat(this.inboxes.unread(OLGA).block(SOON)).isEqualTo(6);
		assertThat(this.mails.waiting().block(SOON)).isEqualTo(1);
		assertThat(new HashSet<>(this.published)).extracting((filed) -> filed.alert().event())
			.containsExactlyInAnyOrderElementsOf(batch.stream().map(Envelope::id).toList());
	}

	@Test
	void doesNotSendAMailAgainWhenItsEventComesAgain() {
		Telling telling = telling(this.inboxes, this.mails, publications());
		telling.tell(batch()).block(SOON);
		Mails.Claim claim = this.mails.claim(Duration.ofMinutes(5)).block(SOON);
		assertThat(this.mails.sent(claim).block(SOON)).isTrue();
		telling.tell(batch()).block(SOON);
		assertThat(this.mails.claim(Duration.ofMinutes(5)).block(SOON)).isNull();
	}

	@Test
	void tellsWhatStandsBeforeAnEventThatMakesNoSense() {
		List<Envelope<?>> batch = new ArrayList<>(batch());
		batch.add(2, envelope("nonsense", new Change.AccountDeactivated(ACME, new AccountId("x"), null, null, 1, 0,
				new Cause(new ConnectionId("c"), null, "r", 1, null), Instant.EPOCH)));
		Telling.Outcome outcome = telling(this.inboxes, this.mails, publications()).tell(batch).block(SOON);
		assertThat(outcome).isInstanceOfSatisfying(Telling.Outcome.Stuck.class,
				(stuck) -> assertThat(stuck.index()).isEqualTo(2));
		assertThat(this.inboxes.last(OLGA).block(SOON)).isEqualTo(2);
	}

	@Test
	void saysNothingInAnOrganizationWithoutRecipients() {
		OrganizationId other = new OrganizationId("other");
		Telling telling = telling(this.inboxes, this.mails, publications());
		telling
			.tell(List.of(
					envelope("e",
							new RunEvent.ConnectionPaused(other, new ConnectionId("c"),
									new Problem(Problem.Code.INTERNAL, "m", "a", true), Instant.EPOCH))))
			.block(SOON);
		assertThat(this.published).isEmpty();
	}

	private Telling dyingAt(Crash crash) {
		RuntimeException death = new IllegalStateException("died");
		Inboxes dyingInboxes = new Inboxes() {

			@Override
			public Mono<List<FiledAlert>> file(Collection<Alert> alerts) {
				return switch (crash) {
					case BEFORE_ALERTS -> Mono.error(death);
					case AFTER_ALERTS -> TellingTests.this.inboxes.file(alerts).then(Mono.error(death));
					case WHILE_REMEMBERING, AFTER_OUTBOX, AFTER_PUBLISHING -> TellingTests.this.inboxes.file(alerts);
				};
			}

			@Override
			public Mono<Void> remember(List<FiledAlert> alerts) {
				return (crash == Crash.WHILE_REMEMBERING) ? Mono.error(death) : Mono.empty();
			}

			@Override
			public Flux<FiledAlert> page(InboxId inbox, Long before, boolean unreadOnly, int limit) {
				return Flux.error(death);
			}

			@Override
			public Flux<FiledAlert> after(InboxId inbox, long cursor, int limit) {
				return Flux.error(death);
			}

			@Override
			public Mono<Long> last(InboxId inbox) {
				return Mono.error(death);
			}

			@Override
			public Mono<Long> unread(InboxId inbox) {
				return Mono.error(death);
			}

			@Override
			public Mono<Boolean> markRead(InboxId inbox, String alert) {
				return Mono.error(death);
			}

			@Override
			public Mono<Long> markAllRead(InboxId inbox, long upTo) {
				return Mono.error(death);
			}

		};
		Publications dyingPublications = (alerts) -> switch (crash) {
			case BEFORE_ALERTS, AFTER_ALERTS -> Mono.error(death);
			case WHILE_REMEMBERING -> Mono.never();
			case AFTER_OUTBOX -> Mono.defer(this.mails::waiting)
				.filter((waiting) -> waiting == 1)
				.repeatWhenEmpty((again) -> again.delayElements(Duration.ofMillis(10)))
				.then(Mono.error(death));
			case AFTER_PUBLISHING -> publications().publish(alerts).then(Mono.error(death));
		};
		return telling(dyingInboxes, this.mails, dyingPublications);
	}

	private Telling telling(Inboxes inboxes, Mails mails, Publications publications) {
		return new Telling(this.recipients, inboxes, mails, publications);
	}

	private Publications publications() {
		return (alerts) -> Mono.fromRunnable(() -> this.published.addAll(alerts));
	}

	private static List<Envelope<?>> batch() {
		List<Envelope<?>> batch = new ArrayList<>();
		IntStream.range(0, 5).forEach((i) -> {
			Change change = new Change.AccountCreated(ACME, new AccountId("p" + i), "P" + i, List.of(), 1, 0,
					new Cause(new ConnectionId("c"), null, "reason", 1, null), Instant.EPOCH);
			batch.add(envelope(change.id(), change));
		});
		batch.add(envelope("failure",
				new RunEvent.RunFailed(ACME, new ConnectionId("c"), new RunId("r"), RunMode.FULL, RunTrigger.SCHEDULE,
						new Problem(Problem.Code.CREDENTIAL_REJECTED, "m", "a", true), null, Instant.EPOCH)));
		return batch;
	}

	private static Envelope<?> envelope(String id, io.rollcall.model.event.Event event) {
		return Envelope.of(id, "/test", Instant.EPOCH, event);
	}

}
