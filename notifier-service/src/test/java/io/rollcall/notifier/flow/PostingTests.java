package io.rollcall.notifier.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.notifier.TestDatabase;
import io.rollcall.notifier.flow.MailServers.Delivery;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.mongo.MongoMails;
import io.rollcall.notifier.mongo.MongoRecipients;
import io.rollcall.notifier.rules.Channel;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.rules.Language;
import io.rollcall.notifier.rules.Mail;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The outbox on a real MongoDB, with a clock of its own and a mail server on a string.
 */
class PostingTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final Duration LEASE = Duration.ofMinutes(10);

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final InboxId OLGA = new InboxId(ACME, "olga");

	private static final InboxId ANTON = new InboxId(ACME, "anton");

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T00:00:00Z"));

	private final InstantSource clock = this.now::get;

	private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();

	private final AtomicReference<Delivery> answer = new AtomicReference<>(new Delivery.Taken());

	private TestDatabase test;

	private Recipients recipients;

	private Inboxes inboxes;

	private Mails mails;

	@BeforeEach
	void start() {
		this.test = new TestDatabase("notifier-posting");
		this.recipients = new MongoRecipients(this.test.database(),
				List.of(recipient(OLGA, Role.OWNER), recipient(ANTON, Role.ADMIN)));
		this.inboxes = new MongoInboxes(this.test.database(), Duration.ofDays(90), this.clock);
		this.mails = new MongoMails(this.test.database(), Duration.ofDays(30), this.clock);
	}

	@AfterEach
	void stop() {
		this.test.close();
	}

	@Test
	void sendsEachMailOnceThoughTwoInstancesSend() {
		queue(IntStream.range(0, 100).mapToObj((i) -> "e" + i).toArray(String[]::new));
		Flux.merge(posting().sendDue(), posting().sendDue()).blockLast(SOON);
		assertThat(this.deliveries).hasSize(100).values().containsOnly(1);
		assertThat(this.mails.waiting().block(SOON)).isZero();
	}

	@Test
	void asksAServerThatIsAwayWithGrowingPausesAndLosesNothing() {
		queue("a", "b", "c");
		Posting posting = posting();
		this.answer.set(new Delivery.Unreachable("refused", "check"));
		posting.sendDue().block(SOON);
		assertThat(posting.outage()).isNotNull();
		List<Duration> pauses = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			int before = total();
			posting.sendDue().block(SOON);
			assertThat(total()).as("asked before the pause was over").isEqualTo(before);
			pauses.add(Duration.between(this.now.get(), posting.outage().nextAttempt()));
			this.now.set(posting.outage().nextAttempt());
			posting.sendDue().block(SOON);
		}
		assertThat(pauses.getFirst()).isLessThanOrEqualTo(Duration.ofSeconds(4));
		assertThat(pauses).isSorted().last().isEqualTo(Duration.ofMinutes(1));
		this.answer.set(new Delivery.Taken());
		this.now.set(this.now.get().plus(Duration.ofMinutes(2)));
		posting.sendDue().block(SOON);
		assertThat(posting.outage()).isNull();
		assertThat(this.mails.waiting().block(SOON)).isZero();
	}

	@Test
	void triesADeferredMailAgainForEverAndDoesNotHoldUpOthers() {
		queue("a");
		Posting posting = posting();
		this.answer.set(new Delivery.Deferred("451 greylisted"));
		posting.sendDue().block(SOON);
		for (int i = 0; i < 40; i++) {
			this.now.set(this.now.get().plus(Duration.ofHours(1)));
			posting.sendDue().block(SOON);
		}
		assertThat(total()).isEqualTo(41);
		assertThat(posting.outage()).isNull();
		this.answer.set(new Delivery.Taken());
		this.now.set(this.now.get().plus(Duration.ofHours(1)));
		queue("b");
		posting.sendDue().block(SOON);
		assertThat(this.mails.waiting().block(SOON)).isZero();
	}

	@Test
	void marksARefusedAddressAndTellsTheOwnersOnce() {
		queue(ANTON, "a", "b");
		this.answer.set(new Delivery.Refused("550 no such user"));
		posting().sendDue().block(SOON);
		assertThat(this.recipients.find(ANTON).block(SOON).mailRefused()).isEqualTo("550 no such user");
		assertThat(this.inboxes.after(OLGA, 0, 10).map((filed) -> filed.alert().title()).collectList().block(SOON))
			.containsExactly("E-mails to anton are refused");
		assertThat(this.inboxes.last(ANTON).block(SOON)).isZero();
		assertThat(this.mails.waiting().block(SOON)).isZero();
	}

	@Test
	void keepsAnAddressThatWasSavedMeanwhile() {
		queue(ANTON, "a");
		this.recipients
			.replace(ACME,
					List.of(new Recipient(ANTON, "anton", "new@acme.test", Role.OWNER, Language.EN, Set.of(), null)))
			.block(SOON);
		this.answer.set(new Delivery.Refused("550 no such user"));
		posting().sendDue().block(SOON);
		assertThat(this.recipients.find(ANTON).block(SOON).mailRefused()).isNull();
	}

	@Test
	void sendsAgainWhatADeadProcessHadClaimed() {
		queue("a");
		assertThat(this.mails.claim(LEASE).block(SOON)).isNotNull();
		posting().sendDue().block(SOON);
		assertThat(this.deliveries).isEmpty();
		this.now.set(this.now.get().plus(LEASE));
		posting().sendDue().block(SOON);
		assertThat(this.deliveries).containsOnly(Map.entry("acme:olga:a", 1));
	}

	@Test
	void doesNotNoteWhatAnotherHasClaimedSince() {
		queue("a");
		Mails.Claim slow = this.mails.claim(LEASE).block(SOON);
		this.now.set(this.now.get().plus(LEASE));
		Mails.Claim fast = this.mails.claim(LEASE).block(SOON);
		assertThat(this.mails.postpone(slow, Duration.ZERO, "slow").block(SOON)).isFalse();
		assertThat(this.mails.sent(fast).block(SOON)).isTrue();
	}

	private Posting posting() {
		PostingSettings settings = new PostingSettings(4, LEASE, Duration.ofSeconds(1), Duration.ofMinutes(1),
				Duration.ofHours(1));
		MailServers servers = (mail) -> Mono.fromSupplier(() -> {
			this.deliveries.merge(mail.key(), 1, Integer::sum);
			return this.answer.get();
		});
		return new Posting(this.mails, servers, this.recipients,
				new Telling(this.recipients, this.inboxes, this.mails, (alerts) -> Mono.empty()), settings, this.clock);
	}

	private int total() {
		return this.deliveries.values().stream().mapToInt(Integer::intValue).sum();
	}

	private void queue(String... events) {
		queue(OLGA, events);
	}

	private void queue(InboxId inbox, String... events) {
		this.mails
			.queue(List.of(events)
				.stream()
				.map((event) -> new Mail(inbox + ":" + event, inbox, inbox.recipient() + "@acme.test",
						inbox.recipient(), Language.EN, Severity.INFO, "subject", List.of(), null, List.of(),
						Instant.EPOCH))
				.toList())
			.block(SOON);
	}

	private static Recipient recipient(InboxId inbox, Role role) {
		return new Recipient(inbox, inbox.recipient(), inbox.recipient() + "@acme.test", role, Language.EN,
				Set.of(Channel.values()), null);
	}

}
