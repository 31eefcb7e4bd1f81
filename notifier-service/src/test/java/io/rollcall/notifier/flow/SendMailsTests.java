package io.rollcall.notifier.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.RunEvent;
import io.rollcall.notifier.Events;
import io.rollcall.notifier.TestDatabase;
import io.rollcall.notifier.Wrapped;
import io.rollcall.notifier.flow.MailServers.Delivery;
import io.rollcall.notifier.flow.TellPeople.Received;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.mongo.MongoLastingStates;
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

import static org.assertj.core.api.Assertions.assertThat;

/** Mails on a real MongoDB, with a clock of its own and a mail server on a string. */
class SendMailsTests {

	private static final Duration LEASE = Duration.ofMinutes(10);

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final InboxId OLGA = new InboxId(ACME, "olga");

	private static final InboxId ANTON = new InboxId(ACME, "anton");

	private static final Delivery UNABLE_TO_RELAY = new Delivery.Rejected("550 5.7.1 Unable to relay", "check");

	private static final Delivery NO_SUCH_USER = new Delivery.NoSuchMailbox("550 5.1.1 no such user");

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T00:00:00Z"));

	private final InstantSource clock = this.now::get;

	private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();

	private final List<Mail> mailed = Collections.synchronizedList(new ArrayList<>());

	private final Map<String, Delivery> answers = new ConcurrentHashMap<>();

	private Duration firstPause = Duration.ofSeconds(1);

	private TestDatabase test;

	private Recipients recipients;

	private MongoMails mails;

	private Inboxes inboxes;

	private TellPeople tellPeople;

	@BeforeEach
	void start() {
		this.test = new TestDatabase("notifier-mails");
		this.recipients = new MongoRecipients(this.test.database(),
				List.of(recipient(OLGA, Role.OWNER), recipient(ANTON, Role.ADMIN)));
		this.mails = new MongoMails(this.test.database(), Duration.ofMinutes(1), this.clock);
		this.inboxes = new MongoInboxes(this.test.database(), this.mails, Duration.ofDays(90), this.clock);
		this.tellPeople = new TellPeople(this.recipients, this.inboxes, this.mails, (alerts) -> {
		}, new MongoLastingStates(this.test.database(), Duration.ofDays(28), this.clock), this.clock);
	}

	@AfterEach
	void stop() {
		this.test.close();
	}

	@Test
	void sendsEachMailOnceThoughTwoInstancesSend() throws Exception {
		List<Recipient> many = IntStream.range(0, 60)
			.mapToObj((i) -> recipient(new InboxId(ACME, "person-" + i), Role.OWNER))
			.toList();
		this.recipients.replace(ACME, many);
		tell("a", "b", "c");
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 2; i++) {
				threads.submit(sending()::sendDue);
			}
		}
		assertThat(this.deliveries).hasSize(60).values().containsOnly(1);
		assertThat(this.mailed).allSatisfy((mail) -> assertThat(mail.sections()).hasSize(3));
		assertThat(this.mails.waiting()).isZero();
	}

	@Test
	void asksAServerThatIsAwayWithGrowingPausesAndLosesNothing() {
		tell("a", "b", "c");
		SendMails sending = sending();
		answer(new Delivery.Unreachable("refused", "check"));
		sending.sendDue();
		assertThat(sending.outage()).isNotNull();
		List<Duration> pauses = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			int before = total();
			sending.sendDue();
			assertThat(total()).as("asked before the pause was over").isEqualTo(before);
			pauses.add(Duration.between(this.now.get(), sending.outage().nextAttempt()));
			this.now.set(sending.outage().nextAttempt());
			sending.sendDue();
			assertThat(total()).isEqualTo(before + 1);
		}
		assertThat(pauses.getFirst()).isEqualTo(Duration.ofSeconds(1));
		assertThat(pauses).isSorted().last().isEqualTo(Duration.ofMinutes(1));
		answer(new Delivery.Taken());
		this.now.set(this.now.get().plus(Duration.ofMinutes(2)));
		sending.sendDue();
		assertThat(sending.outage()).isNull();
		assertThat(this.mails.waiting()).isZero();
	}

	@Test
	void mutesNobodyWhileAllIsRefusedAndLosesNothing() {
		tell("a");
		answer(UNABLE_TO_RELAY);
		SendMails sending = sending();
		for (int i = 0; i < 8; i++) {
			sending.sendDue();
			assertThat(sending.outage()).isNotNull();
			this.now.set(this.now.get().plus(Duration.ofHours(1)));
		}
		assertThat(this.deliveries).hasSize(2).values().containsOnly(8);
		tell("b");
		assertThat(this.recipients.find(OLGA).mailRefused()).isNull();
		answer(new Delivery.Taken());
		this.now.set(this.now.get().plus(Duration.ofHours(1)));
		sending.sendDue();
		assertThat(this.mails.waiting()).isZero();
		assertThat(sending.outage()).isNull();
		assertThat(this.mailed.stream().filter((mail) -> mail.to().inbox().equals(OLGA)).map(Mail::subject).toList())
			.startsWith("acme-entra cannot be read until somebody acts")
			.last()
			.asString()
			.startsWith("acme-entra: records were lost");
	}

	@Test
	void letsAMailThatIsRefusedHoldUpNobodyElse() {
		this.answers.put("anton", UNABLE_TO_RELAY);
		tell("a");
		SendMails sending = sending();
		for (int i = 0; i < 5; i++) {
			tell("more-" + i);
			sending.sendDue();
			this.now.set(this.now.get().plus(Duration.ofHours(1)));
		}
		assertThat(this.mailed).filteredOn((mail) -> mail.to().inbox().equals(OLGA)).hasSize(5);
		assertThat(this.mails.waiting()).isEqualTo(1);
	}

	@Test
	void mutesAnAddressThatDoesNotExistAndTellsTheOwnersOnce() {
		this.answers.put("anton", NO_SUCH_USER);
		tell("a", "b");
		sending().sendDue();
		assertThat(this.recipients.find(ANTON).mailRefused()).isEqualTo("550 5.1.1 no such user");
		assertThat(titles(OLGA)).contains("E-mails to anton are refused").hasSize(3);
		assertThat(titles(ANTON)).hasSize(2);
		tell("c");
		sending().sendDue();
		assertThat(this.deliveries.keySet()).filteredOn((mail) -> mail.startsWith("acme:anton")).hasSize(1);
		assertThat(this.mails.waiting()).isZero();
	}

	/** Told, then muted, then noted: whoever dies between does it again. */
	@Test
	void tellsOfAMissingMailboxOnceHoweverItDied() {
		this.answers.put("anton", NO_SUCH_USER);
		tell("a");
		Wrapped.Step death = (arguments) -> {
			throw new IllegalStateException("died");
		};
		this.recipients = Wrapped.before(Recipients.class, this.recipients, "refuseMail", death);
		sending().sendDue();
		this.recipients = new MongoRecipients(this.test.database(), List.of());
		this.now.set(this.now.get().plus(LEASE));
		sending().sendDue();
		assertThat(titles(OLGA)).filteredOn((title) -> title.contains("refused")).hasSize(1);
		assertThat(this.recipients.find(ANTON).mailRefused()).isNotNull();
	}

	@Test
	void keepsAnAddressThatWasSavedMeanwhile() {
		this.answers.put("anton", NO_SUCH_USER);
		tell("a");
		SendMails sending = sending((mail) -> this.recipients.replace(ACME, List.of(new Recipient(ANTON, "anton",
				"new@acme.test", Role.OWNER, Language.EN, Set.of(Channel.values()), null))));
		sending.sendDue();
		assertThat(this.recipients.find(ANTON).mailRefused()).isNull();
	}

	@Test
	void sendsAgainExactlyWhatADeadProcessHadClaimed() {
		tell("a");
		Mails.Claim dead = this.mails.claim(LEASE);
		tell("b");
		sending().sendDue();
		assertThat(this.deliveries).hasSize(1);
		this.now.set(this.now.get().plus(LEASE));
		sending().sendDue();
		assertThat(this.deliveries).hasSize(3).containsEntry(dead.mail(), 1);
		assertThat(this.mailed).filteredOn((mail) -> mail.key().equals(dead.mail()))
			.allSatisfy((mail) -> assertThat(mail.sections()).hasSize(1));
	}

	@Test
	void doesNotNoteWhatAnotherHasClaimedSince() {
		tell("a");
		this.recipients.replace(ACME, List.of(recipient(OLGA, Role.OWNER)));
		Mails.Claim slow = this.mails.claim(LEASE);
		this.now.set(this.now.get().plus(LEASE));
		Mails.Claim fast = this.mails.claim(LEASE);
		while (!fast.inbox().equals(slow.inbox())) {
			fast = this.mails.claim(LEASE);
		}
		assertThat(this.mails.postpone(slow, Duration.ZERO)).isFalse();
		assertThat(this.mails.done(slow)).isFalse();
		assertThat(this.mails.done(fast)).isTrue();
	}

	@Test
	void insistsOnNotingAMailThatWasTaken() {
		tell("a");
		this.firstPause = Duration.ofMillis(1);
		AtomicInteger failures = new AtomicInteger(3);
		Mails failing = Wrapped.before(Mails.class, this.mails, "done", (arguments) -> {
			if (failures.getAndDecrement() > 0) {
				throw new IllegalStateException("the database is away");
			}
		});
		sending(failing, (mail) -> {
		}).sendDue();
		sending().sendDue();
		assertThat(this.deliveries).hasSize(2).values().containsOnly(1);
	}

	@Test
	void sendsSideBySideWhereTheServerIsSlow() {
		CountDownLatch both = new CountDownLatch(2);
		tell("a");
		sending((mail) -> {
			both.countDown();
			try {
				assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}).sendDue();
		assertThat(this.mails.waiting()).isZero();
	}

	@Test
	void dropsWhatWaitsForSomebodyWhoIsNoRecipientAnyMore() {
		tell("a");
		this.recipients.replace(ACME, List.of());
		sending().sendDue();
		assertThat(this.deliveries).isEmpty();
		assertThat(this.mails.waiting()).isZero();
	}

	private SendMails sending() {
		return sending((mail) -> {
		});
	}

	private SendMails sending(Consumer<Mail> whileSending) {
		return sending(this.mails, whileSending);
	}

	private SendMails sending(Mails mails, Consumer<Mail> whileSending) {
		MailServers servers = (mail) -> {
			whileSending.accept(mail);
			this.deliveries.merge(mail.key(), 1, Integer::sum);
			Delivery answer = this.answers.getOrDefault(mail.to().inbox().recipient(), new Delivery.Taken());
			if (answer instanceof Delivery.Taken) {
				this.mailed.add(mail);
			}
			return answer;
		};
		return new SendMails(mails, servers, this.recipients, this.inboxes, this.tellPeople,
				(failures) -> this.firstPause.multipliedBy(Math.min(60, 1L << (failures - 1))),
				(failures) -> Duration.ofHours(1), this.clock);
	}

	private void answer(Delivery answer) {
		this.answers.put("olga", answer);
		this.answers.put("anton", answer);
	}

	private int total() {
		return this.deliveries.values().stream().mapToInt(Integer::intValue).sum();
	}

	private List<String> titles(InboxId inbox) {
		return this.inboxes.after(inbox, 0, 100).stream().map((filed) -> filed.alert().text().title()).toList();
	}

	/** Failures, which are mailed at once. */
	private void tell(String... events) {
		for (String event : events) {
			RunEvent lost = event.equals("a") ? Events.failing("acme")
					: new RunEvent.RecordsLost(ACME, Events.connection("acme"), Events.UNREACHABLE, Instant.now());
			this.tellPeople.tellRuns(List.of(new Received<>(event, lost, 1)));
		}
	}

	private static Recipient recipient(InboxId inbox, Role role) {
		return new Recipient(inbox, inbox.recipient(), inbox.recipient() + "@acme.test", role, Language.EN,
				Set.of(Channel.values()), null);
	}

}
