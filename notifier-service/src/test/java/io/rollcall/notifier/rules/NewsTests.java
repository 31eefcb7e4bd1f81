package io.rollcall.notifier.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Change.AccountChanged;
import io.rollcall.model.change.Change.AccountChanged.Membership;
import io.rollcall.model.change.Change.AccountChanged.What;
import io.rollcall.model.change.Change.TeamChanged;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.Tally;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.model.state.State;
import io.rollcall.notifier.rules.Alert.Mailing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is told what, in which words. */
class NewsTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final ConnectionId ENTRA = new ConnectionId("acme-entra");

	private static final AccountId ADA = new AccountId("ada");

	private static final RunId RUN = new RunId("run-1");

	private static final Instant NOW = Instant.parse("2026-11-23T23:00:00Z");

	private static final Membership TEAM = new Membership(new TeamId("t"), "Deep Sea Divers", "member");

	private static final Problem WRONG_SECRET = new Problem(Problem.Code.CREDENTIAL_REJECTED,
			Map.of("detail", "AADSTS7000215: Invalid client secret provided."), true);

	private static final Problem UNREACHABLE = new Problem(Problem.Code.GRAPH_UNREACHABLE, Map.of(), false);

	private final Recipient owner = recipient("olga", Role.OWNER, Language.EN);

	private final Recipient admin = recipient("anton", Role.ADMIN, Language.DE);

	private final Recipient viewer = recipient("vera", Role.VIEWER, Language.EN);

	private final List<Recipient> all = List.of(this.owner, this.admin, this.viewer);

	@Test
	void tellsEverybodyWhoARenamedPersonIsNow() {
		List<Alert> told = told(updated(new FieldChange("displayName", "Ada Byron", "Ada Lovelace"),
				new FieldChange("surname", "Byron", "Lovelace")));
		assertThat(told).extracting((alert) -> alert.text().title())
			.containsExactly("Ada Byron is now Ada Lovelace", "Ada Byron heißt jetzt Ada Lovelace",
					"Ada Byron is now Ada Lovelace");
		assertThat(told.getFirst().text().body())
			.isEqualTo("Last name: Byron → Lovelace\nWhy: changed in the directory");
		assertThat(told.get(1).text().body()).isEqualTo("Nachname: Byron → Lovelace\nGrund: im Verzeichnis geändert");
		assertThat(told).extracting(Alert::id).containsExactly("olga:ada:7", "anton:ada:7", "vera:ada:7");
		assertThat(told).extracting(Alert::mailing).containsOnly(Mailing.GATHERED);
	}

	@Test
	void saysWhichFieldChangedWhenItIsOnlyOne() {
		Text text = told(updated(new FieldChange("jobTitle", "Engineer", null))).getFirst().text();
		assertThat(text.title()).isEqualTo("Ada Lovelace: Job title changed");
		assertThat(text.body()).startsWith("Job title removed (was Engineer)");
	}

	@Test
	void showsAFieldItHasNoNameForAsItCame() {
		Text text = told(updated(new FieldChange("extension{15}'s", null, "it's {0}"))).getFirst().text();
		assertThat(text.title()).isEqualTo("Ada Lovelace: extension{15}'s changed");
		assertThat(text.body()).startsWith("extension{15}'s: it's {0}");
	}

	@Test
	void keepsALineBreakInANameFromForgingAnything() {
		assertThat(told(account(What.CREATED, "Ada\r\nBcc: eve@example.com\nx", List.of(), List.of(), List.of(), null)))
			.allSatisfy((alert) -> assertThat(alert.text().title()).doesNotContain("\n", "\r"));
	}

	@Test
	void tellsOfAllPartsOfOneChange() {
		Text text = told(account(What.UPDATED, "Ada", List.of(new FieldChange("jobTitle", null, "Countess")),
				List.of(TEAM), List.of(new Membership(new TeamId("u"), "Poets", "member")), new Reason(
						Reason.Code.EMAIL_TAKEN, Map.of("email", "ada@acme.test", "holder", "x", "name", "Augusta"))))
			.getFirst()
			.text();
		assertThat(text.body().lines()).containsExactly("Job title: Countess", "Joined: Deep Sea Divers", "Left: Poets",
				"Waits: the e-mail address ada@acme.test belongs to Augusta", "Why: changed in the directory");
	}

	@Test
	void saysWhichTeamWhenItIsOnlyOne() {
		assertThat(title(account(What.MEMBERSHIPS, "Ada", List.of(), List.of(TEAM), List.of(), null)))
			.isEqualTo("Ada joined Deep Sea Divers");
		assertThat(title(account(What.MEMBERSHIPS, "Ada", List.of(), List.of(), List.of(TEAM), null)))
			.isEqualTo("Ada left Deep Sea Divers");
	}

	@Test
	void asksThoseInChargeToDecideAboutWhoIsHeld() {
		List<Alert> told = told(account(What.HELD, "Ada", List.of(), List.of(), List.of(),
				Reason.of(Reason.Code.EMAIL_INVALID, "email", "ada@@acme")));
		assertThat(told).extracting((alert) -> alert.inbox().recipient()).containsExactly("olga", "anton");
		assertThat(told).extracting(Alert::severity).containsOnly(Severity.WARNING);
		assertThat(told.get(1).text().body()).contains("Wartet: ada@@acme ist keine gültige E-Mail-Adresse",
				"Berichtigen Sie");
	}

	@Test
	void saysWhatEndedAHoldInTheReadersLanguage() {
		Change released = new AccountChanged(ACME, ADA, 7, What.RELEASED, "Ada", State.Status.ACTIVE, List.of(),
				List.of(), List.of(), null,
				new Cause(ENTRA, null, Reason.of(Reason.Code.HOLD_ENDED, "held", "LAST_OWNER"), 3, null), NOW);
		assertThat(told(released).get(1).text().body())
			.isEqualTo("Grund: das gilt nicht mehr: das ist der letzte Eigentümer der Organisation");
	}

	@Test
	void tellsAFailureThatNeedsAPersonToThoseInChargeAndMailsWhatToDo() {
		List<Alert> told = told(new RunEvent.ConnectionFailing(ACME, ENTRA, WRONG_SECRET, NOW, NOW));
		assertThat(told).extracting((alert) -> alert.inbox().recipient()).containsExactly("olga", "anton");
		assertThat(told).extracting(Alert::severity).containsOnly(Severity.ERROR);
		assertThat(told).extracting(Alert::mailing).containsOnly(Mailing.AT_ONCE);
		assertThat(told.getFirst().text().action()).isEqualTo("Enter a valid client secret in the connection.");
		assertThat(told.get(1).text().action()).startsWith("Hinterlegen Sie ein gültiges Geheimnis");
		assertThat(told.get(1).text().body()).contains("Im Wortlaut: „AADSTS7000215: Invalid client secret provided.“");
	}

	@Test
	void doesNotMailAFailureThatIsRetried() {
		List<Alert> told = told(new RunEvent.ConnectionFailing(ACME, ENTRA, UNREACHABLE, NOW.plusSeconds(60), NOW));
		assertThat(told).extracting(Alert::severity).containsOnly(Severity.WARNING);
		assertThat(told.getFirst().text().body()).contains("2026-11-23 23:01 UTC", "cannot be reached");
		assertThat(told).extracting(Alert::mailing).containsOnly(Mailing.NONE);
	}

	@Test
	void tellsThoseInChargeAtOnceThatRecordsWereLost() {
		List<Alert> told = told(new RunEvent.RecordsLost(ACME, ENTRA,
				new Problem(Problem.Code.RECORDS_LOST, Map.of("topic", "rollcall.directory.observations.v1"), false),
				NOW));
		assertThat(told).extracting((alert) -> alert.inbox().recipient()).containsExactly("olga", "anton");
		assertThat(told).extracting(Alert::mailing).containsOnly(Mailing.AT_ONCE);
		assertThat(told.get(1).text().body()).contains("ist unterwegs", "rollcall.directory.observations.v1",
				"Klären Sie");
	}

	@Test
	void mailsADigestWithCountsAndNamesWhenARunChangedSomething() {
		Tally tally = new Tally(
				Map.of(Tally.Kind.ACCOUNT_CREATED, 1000L, Tally.Kind.ACCOUNT_UPDATED, 1L, Tally.Kind.TEAM_CREATED, 7L),
				Map.of(Tally.Kind.ACCOUNT_CREATED, List.of("Ada", "Bob"), Tally.Kind.ACCOUNT_UPDATED, List.of("Cy")));
		List<Alert> told = told(ended(RunMode.FULL, tally, 0, RunEvent.Outcome.COMPLETED, null));
		assertThat(told).hasSize(3).extracting(Alert::mailing).containsOnly(Mailing.AT_ONCE);
		Text english = told.getFirst().text();
		assertThat(english.title()).isEqualTo("acme-entra: full sync finished, 1,008 changes");
		assertThat(english.figures()).containsExactly(
				new Text.Figure("Accounts created", "1,000", "Ada, Bob and 998 more"),
				new Text.Figure("Accounts updated", "1", "Cy"), new Text.Figure("Teams created", "7", ""));
		assertThat(told.get(1).text().title()).isEqualTo("acme-entra: Vollabgleich fertig, 1.008 Änderungen");
		assertThat(english.body()).contains("Accounts created: 1,000 (Ada, Bob and 998 more)");
	}

	@ParameterizedTest
	@EnumSource(RunMode.class)
	void tellsOfEveryKindOfRunByItsDigestAlsoWhenItWasCutOff(RunMode mode) {
		Tally tally = new Tally(Map.of(Tally.Kind.MEMBER_JOINED, 3L), Map.of());
		assertThat(told(ended(mode, tally, 0, RunEvent.Outcome.COMPLETED, null))).hasSize(3);
		List<Alert> abandoned = told(ended(mode, tally, 0, RunEvent.Outcome.ABANDONED,
				new Problem(Problem.Code.OWNER_CHANGED, Map.of(), false)));
		assertThat(abandoned).hasSize(3).extracting(Alert::severity).containsOnly(Severity.WARNING);
		assertThat(abandoned.get(1).text().body()).contains("nicht abgeschlossen", "Mitgliedschaften hinzugefügt: 3");
	}

	@Test
	void saysNothingOfARunThatChangedNothingUnlessItFailedOrHolds() {
		assertThat(told(ended(RunMode.DELTA, Tally.NONE, 0, RunEvent.Outcome.COMPLETED, null))).isEmpty();
		assertThat(told(ended(RunMode.DELTA, Tally.NONE, 0, RunEvent.Outcome.ABANDONED,
				new Problem(Problem.Code.STOPPED, Map.of(), false))))
			.isEmpty();
		assertThat(told(ended(RunMode.DELTA, Tally.NONE, 0, RunEvent.Outcome.ABANDONED, UNREACHABLE))).hasSize(2)
			.extracting(Alert::mailing)
			.containsOnly(Mailing.NONE);
		assertThat(told(ended(RunMode.DELTA, Tally.NONE, 0, RunEvent.Outcome.ABANDONED, WRONG_SECRET))).hasSize(2)
			.extracting(Alert::mailing)
			.containsOnly(Mailing.AT_ONCE);
		assertThat(told(ended(RunMode.DELTA, Tally.NONE, 4, RunEvent.Outcome.COMPLETED, null))).hasSize(2)
			.allSatisfy((alert) -> assertThat(alert.text().action()).isNotNull());
	}

	@Test
	void asksThoseInChargeToLookAtAHeldSet() {
		List<Alert> told = told(new RunEvent.SetHeld(ACME, ENTRA, "hash", GuardedKind.ACCOUNTS, 40, 100, 20,
				List.of("Ada", "Bob"), RUN, NOW));
		assertThat(told).extracting((alert) -> alert.text().title())
			.containsExactly("acme-entra: 40 accounts held by the guard",
					"acme-entra: 40 Konten vom Wächter angehalten");
		assertThat(told.getFirst().text().body()).contains("Ada, Bob and 38 more", "lets 20 through");
		assertThat(told).extracting(Alert::mailing).containsOnly(Mailing.AT_ONCE);
	}

	@Test
	void respectsTheChannelsAndMailsNothingToARefusedAddress() {
		Recipient quiet = new Recipient(new InboxId(ACME, "quiet"), "Q", "q@acme.test", Role.OWNER, Language.EN,
				Set.of(Channel.DIGEST), null);
		Recipient refused = new Recipient(new InboxId(ACME, "gone"), "G", "g@acme.test", Role.OWNER, Language.EN,
				Set.of(Channel.values()), "550 5.1.1 no such user");
		News failing = RunNews.of("e", new RunEvent.ConnectionFailing(ACME, ENTRA, WRONG_SECRET, NOW, NOW));
		assertThat(failing.alerts(List.of(quiet, refused))).extracting((alert) -> alert.inbox().recipient())
			.containsExactly("gone");
		assertThat(failing.alerts(List.of(quiet, refused))).extracting(Alert::mailing).containsOnly(Mailing.NONE);
		List<Alert> changes = ChangeNews.of("ada:7", updated()).alerts(List.of(quiet));
		assertThat(changes).hasSize(1).allMatch((alert) -> !alert.inApp() && alert.mailing() == Mailing.GATHERED);
	}

	@Test
	void noticesWhenNobodyIsThereToHearAFailure() {
		News failing = RunNews.of("e", new RunEvent.ConnectionFailing(ACME, ENTRA, WRONG_SECRET, NOW, NOW));
		assertThat(failing.concerns(List.of(this.viewer))).isFalse();
		assertThat(failing.concerns(this.all)).isTrue();
	}

	@Test
	void foldsManyChangesIntoAMailThatStaysShort() {
		MailDraft draft = new MailDraft();
		for (int i = 0; i < 2_500; i++) {
			Change created = account(What.CREATED, "Person " + i, List.of(), List.of(TEAM), List.of(), null);
			draft.add(ChangeNews.of("p:" + i, created).alerts(List.of(this.admin)).getFirst());
		}
		Mail mail = draft.mail(this.admin, "key");
		assertThat(mail.subject()).isEqualTo("2.500 Änderungen");
		assertThat(mail.sections()).hasSize(1);
		assertThat(mail.sections().getFirst().figures()).hasSize(2)
			.first()
			.satisfies((figure) -> assertThat(figure.line())
				.isEqualTo("Konten angelegt: 2.500 (Person 0, Person 1, Person 2, Person 3, Person 4, Person 5, "
						+ "Person 6, Person 7, Person 8, Person 9 und 2.490 weitere)"));
	}

	@Test
	void mailsOneChangeAsItIsAndAFailureBesideChangesFirst() {
		Alert change = ChangeNews.of("ada:7", updated(new FieldChange("displayName", "Ada", "Augusta")))
			.alerts(List.of(this.owner))
			.getFirst();
		MailDraft one = new MailDraft();
		one.add(change);
		assertThat(one.mail(this.owner, "k").subject()).isEqualTo("Ada is now Augusta");
		MailDraft two = new MailDraft();
		two.add(change);
		two.add(told(new RunEvent.ConnectionFailing(ACME, ENTRA, WRONG_SECRET, NOW, NOW)).getFirst());
		Mail mail = two.mail(this.owner, "k");
		assertThat(mail.subject()).isEqualTo("acme-entra cannot be read until somebody acts (and one more)");
		assertThat(mail.severity()).isEqualTo(Severity.ERROR);
		assertThat(mail.sections()).extracting(Text::title)
			.containsExactly("acme-entra cannot be read until somebody acts", "Ada is now Augusta");
		assertThat(new MailDraft().mail(this.owner, "k")).isNull();
	}

	@Test
	void staysShortAlsoWhereManyFailuresWait() {
		MailDraft draft = new MailDraft();
		for (int i = 0; i < 300; i++) {
			draft.add(told(new RunEvent.ConnectionFailing(ACME, ENTRA, WRONG_SECRET, NOW, NOW)).get(1));
		}
		Mail mail = draft.mail(this.admin, "k");
		assertThat(mail.sections()).hasSize(11)
			.last()
			.satisfies((more) -> assertThat(more.title()).isEqualTo("290 weitere Meldungen sind in Ihrem Posteingang"));
	}

	/** Sentences of one language must not be found in the other. */
	@Test
	void hasWordsInEveryLanguageForEverythingThatCanHappen() {
		for (Object event : everything()) {
			List<Alert> told = (event instanceof Change change) ? told(change) : told((RunEvent) event);
			assertThat(told).as("%s", event).hasSizeGreaterThanOrEqualTo(2).allSatisfy((alert) -> {
				assertThat(alert.text().title()).isNotBlank().doesNotContain("{", "null");
				assertThat(alert.text().body()).isNotBlank().doesNotContain("{", "null");
			});
			Text english = told.get(0).text();
			Text german = told.get(1).text();
			assertThat(german.title()).isNotEqualTo(english.title());
			assertThat(german.body().lines()).as("%s in German", event)
				.doesNotContainAnyElementsOf(english.body().lines().toList());
			assertThat(german.title() + "\n" + german.body()).as("%s in German", event)
				.doesNotContainPattern("\\b(the|is|are|of|were|been|by itself|directory|Why)\\b");
		}
	}

	/** So that an event of a later version cannot be forgotten here. */
	@Test
	void leavesNoEventOut() {
		Set<Class<?>> all = new HashSet<>(List.of(Change.class.getPermittedSubclasses()));
		all.addAll(List.of(RunEvent.class.getPermittedSubclasses()));
		all.removeAll(Set.of(RunEvent.RunStarted.class, RunEvent.RunProgressed.class, RunEvent.ConnectionSaved.class));
		assertThat(everything()).<Class<?>>extracting(Object::getClass).containsAll(all);
	}

	@ParameterizedTest
	@EnumSource(Language.class)
	void hasTheSameTextsInEveryLanguageAndOneForEveryCode(Language language) {
		Set<String> keys = keys(language);
		assertThat(keys).isEqualTo(keys(Language.EN));
		for (Problem.Code code : Problem.Code.values()) {
			assertThat(keys).contains("problem." + code, "problem." + code + ".action");
		}
		assertThat(keys).containsAll(prefixed("reason.", Reason.Code.values()))
			.containsAll(prefixed("kind.", Tally.Kind.values()))
			.containsAll(prefixed("mode.", RunMode.values()))
			.containsAll(prefixed("guarded.", GuardedKind.values()));
		for (What what : What.values()) {
			assertThat(keys).contains("AccountChanged." + what + ".title");
		}
		for (TeamChanged.What what : TeamChanged.What.values()) {
			assertThat(keys).contains("TeamChanged." + what + ".title");
		}
	}

	@Test
	void remindsOfWhatLastsInTheWordsOfItsBeginningAndByMail() {
		StateChanges changes = new StateChanges(List.of());
		changes.apply("e", 1, new RunEvent.ConnectionFailing(ACME, ENTRA, UNREACHABLE, NOW, NOW), NOW);
		LastingState state = changes.changed().iterator().next();
		List<Alert> told = RunNews.reminder(state, NOW.plus(Duration.ofDays(3))).alerts(this.all);
		assertThat(told).hasSize(2).extracting(Alert::mailing).containsOnly(Mailing.AT_ONCE);
		assertThat(told.get(1).text().title())
			.isEqualTo("Seit 3 Tagen: acme-entra: Lesen fehlgeschlagen, es wird wiederholt");
		assertThat(told.getFirst().id()).isEqualTo("olga:e:reminder-1");
	}

	@Test
	void tellsOwnersWhenAnAddressIsRefusedAndThoseInChargeWhenEventsWereLost() {
		List<Alert> refused = RunNews.mailRefused("m", this.admin, "550 5.1.1 no such user", NOW).alerts(this.all);
		assertThat(refused).extracting((alert) -> alert.text().title()).containsExactly("E-mails to Anton are refused");
		assertThat(refused.getFirst().text().body()).contains("anton@acme.test", "550 5.1.1 no such user");
		for (String what : List.of("ChangesLost", "RunsLost")) {
			assertThat(RunNews.eventsLost(ACME, what, "lost:1", NOW).alerts(this.all)).hasSize(2)
				.extracting(Alert::mailing)
				.containsOnly(Mailing.AT_ONCE);
		}
	}

	private static List<Object> everything() {
		List<Object> events = new ArrayList<>();
		Reason held = new Reason(Reason.Code.EMAIL_TAKEN, Map.of("email", "ada@acme.test", "name", "Bo"));
		for (What what : What.values()) {
			events.add(account(what, "Ada", List.of(), List.of(), List.of(), (what == What.HELD) ? held : null));
		}
		for (TeamChanged.What what : TeamChanged.What.values()) {
			events.add(new TeamChanged(ACME, new TeamId("t"), 2, what, "Team", "Old", State.Status.ACTIVE,
					cause(Reason.Code.BY_HAND, "olga"), NOW));
		}
		for (Reason.Code code : Reason.Code.values()) {
			events.add(new AccountChanged(ACME, ADA, 7, What.CREATED, "Ada", State.Status.ACTIVE, List.of(), List.of(),
					List.of(), null, cause(code, null), NOW));
		}
		for (Problem.Code code : Problem.Code.values()) {
			Problem problem = new Problem(code, Map.of("attribute", "departmnt", "topic", "t", "type", "Odd.v1"), true);
			events.add(new RunEvent.ConnectionFailing(ACME, ENTRA, problem, NOW, NOW));
			events.add(new RunEvent.FreshnessLost(ACME, ENTRA, NOW, problem, NOW));
			events.add(new RunEvent.DeadLetterWaiting(ACME, ENTRA, "reconciler", "letter", problem, NOW));
		}
		for (RunMode mode : RunMode.values()) {
			Tally tally = new Tally(Map.of(Tally.Kind.ACCOUNT_LINKED, 2L), Map.of());
			events.add(ended(mode, tally, 1, RunEvent.Outcome.ABANDONED, UNREACHABLE));
			events.add(ended(mode, tally, 1, RunEvent.Outcome.COMPLETED, null));
		}
		for (GuardedKind kind : GuardedKind.values()) {
			events.add(new RunEvent.SetHeld(ACME, ENTRA, "h", kind, 1, 2, 20, List.of(), null, NOW));
		}
		events.addAll(List.of(new RunEvent.HeldSetClosed(ACME, ENTRA, "h", GuardedKind.TEAMS, true, "olga", NOW),
				new RunEvent.HeldSetClosed(ACME, ENTRA, "h", GuardedKind.TEAMS, false, "olga", NOW),
				new RunEvent.HeldSetClosed(ACME, ENTRA, "h", GuardedKind.TEAMS, false, null, NOW),
				new RunEvent.ConnectionActivated(ACME, ENTRA, "olga", NOW),
				new RunEvent.ConnectionStopped(ACME, ENTRA, ConnectionStatus.PAUSED, "olga", NOW),
				new RunEvent.ConnectionStopped(ACME, ENTRA, ConnectionStatus.DEACTIVATED, "olga", NOW),
				new RunEvent.ConnectionFailing(ACME, ENTRA, UNREACHABLE, NOW, NOW),
				new RunEvent.ConnectionRecovered(ACME, ENTRA, NOW), new RunEvent.FreshnessRestored(ACME, ENTRA, NOW),
				new RunEvent.RecordsLost(ACME, ENTRA, UNREACHABLE, NOW),
				new RunEvent.ConnectionSetAside(ACME, ENTRA, UNREACHABLE, NOW),
				new RunEvent.ConnectionTakenBack(ACME, ENTRA, NOW),
				new RunEvent.DeadLettersSettled(ACME, ENTRA, "reconciler", NOW)));
		return events;
	}

	private List<Alert> told(Change change) {
		return ChangeNews.of(change.id(), change).alerts(this.all);
	}

	private List<Alert> told(RunEvent event) {
		News news = RunNews.of("event-1", event);
		return (news != null) ? news.alerts(this.all) : List.of();
	}

	private String title(Change change) {
		return told(change).getFirst().text().title();
	}

	private static List<String> prefixed(String prefix, Enum<?>... values) {
		return Arrays.stream(values).map((value) -> prefix + value.name()).toList();
	}

	private static Set<String> keys(Language language) {
		return new TreeSet<>(ResourceBundle
			.getBundle("io.rollcall.notifier.rules.words", language.locale(),
					ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
			.keySet());
	}

	private static Change updated(FieldChange... fields) {
		return account(What.UPDATED, "Ada Lovelace", List.of(fields), List.of(), List.of(), null);
	}

	private static AccountChanged account(What what, String name, List<FieldChange> fields, List<Membership> joined,
			List<Membership> left, Reason held) {
		return new AccountChanged(ACME, ADA, 7, what, name, State.Status.ACTIVE, fields, joined, left, held,
				cause(Reason.Code.CHANGED_IN_DIRECTORY, null), NOW);
	}

	private static Cause cause(Reason.Code code, String by) {
		return new Cause(ENTRA, null, new Reason(code, Map.of("email", "ada@acme.test", "name", "Bo")), 3, by);
	}

	private static RunEvent ended(RunMode mode, Tally applied, long held, RunEvent.Outcome outcome, Problem problem) {
		return new RunEvent.RunEnded(ACME, ENTRA, RUN, mode, RunTrigger.SCHEDULE, null, outcome,
				new ReadCounts(1000, 7, 0, 0, 0, 0, 6), applied, held, true, problem, NOW, NOW);
	}

	private static Recipient recipient(String id, Role role, Language language) {
		return new Recipient(new InboxId(ACME, id), id.substring(0, 1).toUpperCase() + id.substring(1),
				id + "@acme.test", role, language, Set.of(Channel.values()), null);
	}

}
