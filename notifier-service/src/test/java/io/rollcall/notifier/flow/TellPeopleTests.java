package io.rollcall.notifier.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Change.AccountChanged.What;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.notifier.Events;
import io.rollcall.notifier.TestDatabase;
import io.rollcall.notifier.Wrapped;
import io.rollcall.notifier.flow.TellPeople.NoWordsException;
import io.rollcall.notifier.flow.TellPeople.Received;
import io.rollcall.notifier.mongo.MongoInboxes;
import io.rollcall.notifier.mongo.MongoLastingStates;
import io.rollcall.notifier.mongo.MongoMails;
import io.rollcall.notifier.mongo.MongoRecipients;
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
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A batch on its way through the steps, on a real MongoDB, with a clock of its own. */
class TellPeopleTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final ConnectionId ENTRA = Events.connection("acme");

	private static final InboxId OLGA = new InboxId(ACME, "olga");

	private static final Problem BAD = Problem.forPerson(Problem.Code.RECORD_UNKNOWN, "type", "Odd.v1");

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

	private final InstantSource clock = this.now::get;

	private final List<FiledAlert> published = new ArrayList<>();

	private TestDatabase test;

	private Recipients recipients;

	private MongoMails mails;

	private Inboxes inboxes;

	private LastingStates states;

	@BeforeEach
	void start() {
		this.test = new TestDatabase("notifier-telling");
		this.recipients = new MongoRecipients(this.test.database(), List.of(recipient(OLGA, Role.OWNER)));
		this.mails = new MongoMails(this.test.database(), Duration.ofMinutes(1), this.clock);
		this.inboxes = new MongoInboxes(this.test.database(), this.mails, Duration.ofDays(90), this.clock);
		this.states = new MongoLastingStates(this.test.database(), Duration.ofDays(28), this.clock);
	}

	@AfterEach
	void stop() {
		this.test.close();
	}

	/** Where the process dies. */
	enum Death {

		BEFORE_FILING, AFTER_FILING, BEFORE_PUBLISHING, AFTER_PUBLISHING, BEFORE_NOTING_MAILS, AFTER_NOTING_MAILS,
		BEFORE_STORING_STATES, AFTER_STORING_STATES, BEFORE_COMMIT

	}

	@ParameterizedTest
	@EnumSource(Death.class)
	void tellsEverythingOnceHoweverItDied(Death death) {
		List<Received<Change>> changes = changes(5);
		List<Received<RunEvent>> runs = List.of(received("failing", 1, Events.failing("acme")),
				received("ended", 2, new RunEvent.ConnectionRecovered(ACME, ENTRA, Instant.now().plusSeconds(1))));
		TellPeople dying = dyingAt(death);
		List<Throwable> deaths = new ArrayList<>();
		for (Runnable batch : List.<Runnable>of(() -> dying.tellChanges(changes), () -> dying.tellRuns(runs))) {
			try {
				batch.run();
			}
			catch (RuntimeException ex) {
				deaths.add(ex);
			}
		}
		assertThat(deaths).hasSize(death.name().endsWith("STATES") ? 1 : (death == Death.BEFORE_COMMIT) ? 0 : 2);
		TellPeople again = telling(this.inboxes, this.mails, this.published::addAll, this.states);
		again.tellChanges(changes);
		again.tellRuns(runs);
		List<FiledAlert> inbox = this.inboxes.after(OLGA, 0, 1000);
		Set<String> expected = new HashSet<>(changes.stream().map(Received::id).toList());
		expected.addAll(Set.of("failing", "ended"));
		assertThat(inbox).extracting((filed) -> filed.alert().event()).containsExactlyInAnyOrderElementsOf(expected);
		assertThat(inbox).extracting(FiledAlert::cursor).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
		assertThat(this.inboxes.unread(OLGA)).isEqualTo(7);
		assertThat(new HashSet<>(this.published)).extracting((filed) -> filed.alert().event())
			.containsExactlyInAnyOrderElementsOf(expected);
		assertThat(this.mails.waiting()).isEqualTo(1);
		Mails.Claim mail = this.mails.claim(Duration.ofMinutes(10));
		assertThat(this.inboxes.toMail(OLGA, mail.after(), mail.upTo(), 100)).hasSize(7);
	}

	@Test
	void mailsNothingAgainWhenItsEventComesAgain() {
		TellPeople telling = telling();
		telling.tellRuns(List.of(received("failing", 1, Events.failing("acme"))));
		assertThat(this.mails.done(this.mails.claim(Duration.ofMinutes(5)))).isTrue();
		telling.tellRuns(List.of(received("failing", 1, Events.failing("acme"))));
		this.now.set(this.now.get().plus(Duration.ofHours(1)));
		assertThat(this.mails.claim(Duration.ofMinutes(5))).isNull();
	}

	@Test
	void gathersChangesForAMinuteAndMailsAFailureWithThemAtOnce() {
		TellPeople telling = telling();
		telling.tellChanges(changes(3));
		this.now.set(this.now.get().plusSeconds(59));
		assertThat(this.mails.claim(Duration.ofMinutes(5))).isNull();
		telling.tellRuns(List.of(received("failing", 1, Events.failing("acme"))));
		Mails.Claim mail = this.mails.claim(Duration.ofMinutes(5));
		assertThat(mail.upTo()).isEqualTo(4);
		telling.tellChanges(List.of(received("late", 9, Events.created("acme", "late"))));
		this.mails.done(mail);
		assertThat(this.mails.claim(Duration.ofMinutes(5))).isNull();
		this.now.set(this.now.get().plusSeconds(60));
		assertThat(this.mails.claim(Duration.ofMinutes(5))).extracting(Mails.Claim::after, Mails.Claim::upTo)
			.containsExactly(4L, 5L);
	}

	@Test
	void filesManyForManyInPieces() {
		List<Recipient> many = IntStream.range(0, 200)
			.mapToObj((i) -> recipient(new InboxId(ACME, "person-" + i), Role.VIEWER))
			.toList();
		this.recipients.replace(ACME, many);
		List<Integer> sizes = new ArrayList<>();
		Inboxes counting = Wrapped.before(Inboxes.class, this.inboxes, "file",
				(arguments) -> sizes.add(((Collection<?>) arguments[0]).size()));
		telling(counting, this.mails, this.published::addAll, this.states).tellChanges(changes(60));
		assertThat(sizes).hasSize(12).containsOnly(1000);
		assertThat(this.inboxes.unread(new InboxId(ACME, "person-7"))).isEqualTo(60);
		assertThat(this.published).hasSize(12_000);
	}

	@Test
	void tellsWhatStandsBeforeAnEventThatMakesNoSense() {
		List<Received<Change>> batch = new ArrayList<>(changes(5));
		Change.AccountChanged nonsense = new Change.AccountChanged(ACME, null, 1, What.CREATED, null, null, List.of(),
				List.of(), List.of(), null, null, Instant.EPOCH);
		batch.add(2, received("nonsense", 2, nonsense));
		assertThatThrownBy(() -> telling().tellChanges(batch)).isInstanceOfSatisfying(NoWordsException.class,
				(ex) -> assertThat(ex.index()).isEqualTo(2));
		assertThat(this.inboxes.last(OLGA)).isEqualTo(2);
	}

	@Test
	void remindsDailyOfWhatLastsUntilItEnds() {
		TellPeople telling = telling();
		telling.tellRuns(List.of(received("held", 1, Events.held("acme", "hash")),
				received("letter-1", 2,
						new RunEvent.DeadLetterWaiting(ACME, ENTRA, "reconciler", "1", BAD, Instant.now())),
				received("letter-2", 3, new RunEvent.DeadLetterWaiting(ACME, ENTRA, "reconciler", "2", BAD,
						Instant.now().plusSeconds(1)))));
		telling.remind();
		assertThat(titles()).hasSize(2);
		for (int day = 1; day <= 3; day++) {
			this.now.set(this.now.get().plus(Duration.ofDays(1)).plusSeconds(1));
			telling.remind();
			// Another instance, or the next look.
			telling().remind();
			assertThat(titles()).hasSize(2 + 2 * day);
		}
		assertThat(this.inboxes.page(OLGA, null, false, 2)).allSatisfy((reminder) -> {
			assertThat(reminder.alert().text().title()).startsWith("For 3 days: acme-entra: ");
			assertThat(reminder.alert().id()).endsWith(":reminder-3");
		})
			.anySatisfy((reminder) -> assertThat(reminder.alert().text().body()).contains("2 records were set aside",
					"of the type Odd.v1", "Update the service"));
		telling.tellRuns(List.of(
				received("settled", 4,
						new RunEvent.DeadLettersSettled(ACME, ENTRA, "reconciler", Instant.now().plusSeconds(2))),
				received("closed", 5, new RunEvent.HeldSetClosed(ACME, ENTRA, "hash", GuardedKind.ACCOUNTS, true,
						"olga", Instant.now().plusSeconds(2)))));
		assertThat(titles()).contains("acme-entra: nothing unprocessed waits any more",
				"acme-entra: held set approved");
		this.now.set(this.now.get().plus(Duration.ofDays(9)));
		telling.remind();
		assertThat(titles()).hasSize(10);
	}

	@Test
	void readsTheEventsAgainWhenSomebodyElseStoredAStateMeanwhile() {
		LastingStates racing = Wrapped.after(LastingStates.class, this.states, "of",
				(arguments) -> telling().tellRuns(List.of(received("first", 1, Events.failing("acme")))));
		TellPeople slow = telling(this.inboxes, this.mails, this.published::addAll, racing);
		assertThatThrownBy(() -> slow.tellRuns(List.of(received("first", 1, Events.failing("acme")))))
			.hasMessageContaining("stored by somebody else");
		telling().tellRuns(List.of(received("first", 1, Events.failing("acme"))));
		assertThat(titles()).hasSize(1);
	}

	@Test
	void tellsThoseInChargeOfEveryOrganizationThatEventsWereLost() {
		OrganizationId other = new OrganizationId("other");
		InboxId otto = new InboxId(other, "otto");
		this.recipients.replace(other, List.of(recipient(otto, Role.ADMIN)));
		telling().tellLost("ChangesLost", "lost:changes:3:17");
		telling().tellLost("ChangesLost", "lost:changes:3:17");
		assertThat(titles()).containsExactly("Changes were not told");
		assertThat(this.inboxes.unread(otto)).isEqualTo(1);
	}

	@Test
	void logsOneLineAMinuteWithoutNamesWhereNobodyHears() {
		Logger logger = (Logger) LoggerFactory.getLogger(TellPeople.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		try {
			TellPeople telling = telling();
			for (int i = 0; i < 100; i++) {
				telling.tellChanges(
						List.of(received("x" + i, i, Events.renamed("nobody", "x", i, "Ada Byron", "Ada Lovelace"))));
			}
			assertThat(log.list).hasSize(1);
			this.now.set(this.now.get().plusSeconds(61));
			telling.tellChanges(List.of(received("y", 1, Events.created("nobody", "y"))));
			assertThat(log.list).hasSize(2)
				.last()
				.satisfies(
						(line) -> assertThat(line.getFormattedMessage()).contains("nobody=100").doesNotContain("Ada"));
			assertThat(this.published).isEmpty();
		}
		finally {
			logger.detachAppender(log);
		}
	}

	@Test
	void keepsFromTheInboxWhatIsWantedByMailOnly() {
		this.recipients.replace(ACME, List
			.of(new Recipient(OLGA, "Olga", "olga@acme.test", Role.OWNER, Language.EN, Set.of(Channel.DIGEST), null)));
		telling().tellChanges(changes(3));
		assertThat(this.inboxes.unread(OLGA)).isZero();
		assertThat(this.inboxes.page(OLGA, null, false, 10)).isEmpty();
		assertThat(this.published).isEmpty();
		assertThat(this.inboxes.toMail(OLGA, 0, 3, 10)).hasSize(3);
	}

	private TellPeople dyingAt(Death death) {
		String step = death.name().replaceFirst("(BEFORE|AFTER)_", "");
		boolean before = death.name().startsWith("BEFORE");
		return telling(dying(Inboxes.class, this.inboxes, "file", step.equals("FILING"), before),
				dying(Mails.class, this.mails, "note", step.equals("NOTING_MAILS"), before),
				dying(AlertEvents.class, (AlertEvents) this.published::addAll, "publish", step.equals("PUBLISHING"),
						before),
				dying(LastingStates.class, this.states, "store", step.equals("STORING_STATES"), before));
	}

	private static <P> P dying(Class<P> type, P port, String method, boolean dies, boolean before) {
		if (!dies) {
			return port;
		}
		Wrapped.Step death = (arguments) -> {
			throw new IllegalStateException("died");
		};
		return before ? Wrapped.before(type, port, method, death) : Wrapped.after(type, port, method, death);
	}

	private TellPeople telling() {
		return telling(this.inboxes, this.mails, this.published::addAll, this.states);
	}

	private TellPeople telling(Inboxes inboxes, Mails mails, AlertEvents events, LastingStates states) {
		return new TellPeople(this.recipients, inboxes, mails, events, states, this.clock);
	}

	private List<String> titles() {
		return this.inboxes.after(OLGA, 0, 100).stream().map((filed) -> filed.alert().text().title()).toList();
	}

	private static List<Received<Change>> changes(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> TellPeopleTests.<Change>received("p" + i + ":1", i, Events.created("acme", "p" + i)))
			.toList();
	}

	private static <E> Received<E> received(String id, long offset, E event) {
		return new Received<>(id, event, offset);
	}

	private static Recipient recipient(InboxId inbox, Role role) {
		return new Recipient(inbox, inbox.recipient(), inbox.recipient() + "@acme.test", role, Language.EN,
				Set.of(Channel.values()), null);
	}

}
