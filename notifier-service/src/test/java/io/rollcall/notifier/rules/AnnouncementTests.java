package io.rollcall.notifier.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.HeldReason;
import io.rollcall.model.change.LeaverReason;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class AnnouncementTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final ConnectionId ENTRA = new ConnectionId("acme-entra");

	private static final AccountId ADA = new AccountId("ada");

	private static final RunId RUN = new RunId("run-1");

	private static final Instant NOW = Instant.parse("2026-11-23T23:00:00Z");

	private static final Cause CAUSE = new Cause(ENTRA, null, "changed in the directory", 3, null);

	private static final Problem WRONG_SECRET = new Problem(Problem.Code.CREDENTIAL_REJECTED,
			"The client secret is wrong.", "Enter a valid client secret.", true);

	private static final Problem UNREACHABLE = new Problem(Problem.Code.GRAPH_UNREACHABLE, "Graph is away.",
			"Wait, it is tried again.", false);

	private static final Problem LOST = new Problem(Problem.Code.RETENTION_EXCEEDED, "Records were deleted.",
			"Find out why it stood still.", false);

	private final Recipient owner = recipient("olga", Role.OWNER, Language.EN);

	private final Recipient admin = recipient("anton", Role.ADMIN, Language.DE);

	private final Recipient viewer = recipient("vera", Role.VIEWER, Language.EN);

	private final List<Recipient> all = List.of(this.owner, this.admin, this.viewer);

	@Test
	void tellsEverybodyWhoARenamedPersonIsNow() {
		Announcement told = announce(updated(new FieldChange("displayName", "Ada Byron", "Ada Lovelace"),
				new FieldChange("surname", "Byron", "Lovelace")));
		assertThat(told.alerts()).extracting(Alert::title)
			.containsExactly("Ada Byron is now Ada Lovelace", "Ada Byron heißt jetzt Ada Lovelace",
					"Ada Byron is now Ada Lovelace");
		assertThat(told.alerts().getFirst().body())
			.isEqualTo("Last name: Byron → Lovelace\nWhy: changed in the directory");
		assertThat(told.alerts()).extracting(Alert::id)
			.containsExactly("olga:ada:7:0", "anton:ada:7:0", "vera:ada:7:0");
		assertThat(told.mails()).isEmpty();
	}

	@Test
	void saysWhichFieldChangedWhenItIsOnlyOne() {
		Alert alert = announce(updated(new FieldChange("jobTitle", "Engineer", null))).alerts().getFirst();
		assertThat(alert.title()).isEqualTo("Ada Lovelace: Job title changed");
		assertThat(alert.body()).startsWith("Job title removed (was Engineer)");
	}

	@Test
	void showsAFieldItHasNoNameForAsItCame() {
		Alert alert = announce(updated(new FieldChange("extension{15}'s", null, "it's {0}"))).alerts().getFirst();
		assertThat(alert.title()).isEqualTo("Ada Lovelace: extension{15}'s changed");
		assertThat(alert.body()).startsWith("extension{15}'s: it's {0}");
	}

	@Test
	void keepsALineBreakInANameFromForgingAnything() {
		Announcement told = announce(
				new Change.AccountCreated(ACME, ADA, "Ada\r\nBcc: eve@example.com\nx", List.of(), 7, 0, CAUSE, NOW));
		assertThat(told.alerts()).allSatisfy((alert) -> assertThat(alert.title()).doesNotContain("\n", "\r"));
	}

	@Test
	void neverTellsABulkChangeAlone() {
		Change created = new Change.AccountCreated(ACME, ADA, "Ada", List.of(), 1, 0, CAUSE, NOW);
		Announcement told = Announcement.of(new Envelope<>("ada:1:0", "/test", NOW, true, null, created), this.all);
		assertThat(told.alerts()).isEmpty();
		assertThat(told.mails()).isEmpty();
		assertThat(told.unheard()).isNull();
	}

	@Test
	void tellsAFailureThatNeedsAPersonToThoseInChargeAndMailsWhatToDo() {
		Announcement told = announce(
				new RunEvent.RunFailed(ACME, ENTRA, RUN, RunMode.FULL, RunTrigger.SCHEDULE, WRONG_SECRET, null, NOW));
		assertThat(told.alerts()).extracting((alert) -> alert.inbox().recipient()).containsExactly("olga", "anton");
		assertThat(told.alerts()).extracting(Alert::severity).containsOnly(Severity.ERROR);
		assertThat(told.mails()).extracting(Mail::subject)
			.containsExactly("acme-entra: sync failed", "acme-entra: Abgleich fehlgeschlagen");
		assertThat(told.mails().getFirst().action()).isEqualTo("Enter a valid client secret.");
		assertThat(told.mails().getLast().action()).startsWith("Hinterlegen Sie ein gültiges Geheimnis");
	}

	@Test
	void mailsOnceWhatTwoEventsTellInOneBreath() {
		Announcement failed = announce(
				new RunEvent.RunFailed(ACME, ENTRA, RUN, RunMode.FULL, RunTrigger.SCHEDULE, WRONG_SECRET, null, NOW));
		Announcement paused = Announcement.of(Envelope.of("event-2", "/test", NOW,
				new RunEvent.ConnectionPaused(ACME, ENTRA, WRONG_SECRET, NOW.plusMillis(40))), this.all);
		assertThat(failed.mails()).extracting(Mail::key)
			.containsExactlyElementsOf(paused.mails().stream().map(Mail::key).toList());
		assertThat(failed.alerts()).extracting(Alert::key)
			.doesNotContainAnyElementsOf(paused.alerts().stream().map(Alert::key).toList());
	}

	@Test
	void doesNotMailAFailureThatIsRetried() {
		Announcement told = announce(new RunEvent.RunFailed(ACME, ENTRA, RUN, RunMode.DELTA, RunTrigger.HINT,
				UNREACHABLE, NOW.plusSeconds(60), NOW));
		assertThat(told.alerts()).extracting(Alert::severity).containsOnly(Severity.WARNING);
		assertThat(told.alerts().getFirst().body()).contains("2026-11-23 23:01 UTC", "Graph is away.");
		assertThat(told.mails()).isEmpty();
	}

	@Test
	void tellsThoseInChargeAtOnceThatRecordsWereLost() {
		Announcement told = announce(new RunEvent.RecordsLost(ACME, ENTRA, LOST, NOW));
		assertThat(told.alerts()).extracting((alert) -> alert.inbox().recipient()).containsExactly("olga", "anton");
		assertThat(told.alerts()).extracting(Alert::severity).containsOnly(Severity.ERROR);
		assertThat(told.alerts().getFirst().body()).contains("A full sync begins by itself", "Records were deleted.",
				"Find out why it stood still.");
		assertThat(told.mails()).extracting(Mail::subject)
			.containsExactly("acme-entra: records were lost, everything is being read again",
					"acme-entra: Daten gingen verloren, alles wird neu gelesen");
		assertThat(told.mails().getLast().action()).startsWith("Ein Vollabgleich beginnt von selbst.");
	}

	@Test
	void mailsTheLossThatIsToldAgainLaterOnlyOnce() {
		Announcement told = announce(new RunEvent.RecordsLost(ACME, ENTRA, LOST, NOW));
		Announcement again = announce(new RunEvent.RecordsLost(ACME, ENTRA, LOST, NOW.plusSeconds(600)));
		assertThat(again.mails()).extracting(Mail::key)
			.containsExactlyElementsOf(told.mails().stream().map(Mail::key).toList());
		assertThat(again.alerts()).extracting(Alert::key)
			.containsExactlyElementsOf(told.alerts().stream().map(Alert::key).toList());
	}

	@Test
	void mailsADigestWithCountsWhenARunChangedSomething() {
		Announcement told = announce(completed(RunTrigger.ACTIVATION, new ApplyCounts(1000, 1, 0, 0, 0, 7, 0, 0)));
		assertThat(told.mails()).hasSize(3);
		assertThat(told.mails().getFirst().subject()).isEqualTo("acme-entra: sync finished, 1,008 changes");
		assertThat(told.mails().getFirst().figures()).containsExactly(new Mail.Figure("Accounts created", 1000),
				new Mail.Figure("Accounts updated", 1), new Mail.Figure("Teams changed", 7));
		assertThat(told.mails().get(1).subject()).isEqualTo("acme-entra: Abgleich fertig, 1.008 Änderungen");
		assertThat(told.alerts().getFirst().body()).contains("Accounts created: 1000");
	}

	@Test
	void saysNothingOfARunThatChangedNothing() {
		Announcement told = announce(completed(RunTrigger.SCHEDULE, ApplyCounts.NONE));
		assertThat(told.alerts()).isEmpty();
		assertThat(told.mails()).isEmpty();
	}

	@Test
	void mailsNoDigestOfARunThatAHintTriggered() {
		assertThat(announce(completed(RunTrigger.HINT, new ApplyCounts(1, 1, 0, 0, 0, 0, 0, 0))).mails()).isEmpty();
	}

	@Test
	void asksThoseInChargeToLookAtAHeldSet() {
		Announcement told = announce(new RunEvent.SetHeld(ACME, ENTRA, RUN, RunEvent.GuardedKind.ACCOUNTS, 40, 100,
				"at most 10 %", "hash", NOW));
		assertThat(told.alerts()).extracting(Alert::title)
			.containsExactly("acme-entra: 40 accounts held by the guard",
					"acme-entra: 40 Konten vom Wächter angehalten");
		assertThat(told.mails()).hasSize(2);
	}

	@Test
	void respectsTheChannelsAndSendsNothingToARefusedAddress() {
		Recipient quiet = new Recipient(new InboxId(ACME, "quiet"), "Q", "q@acme.test", Role.OWNER, Language.EN,
				Set.of(Channel.DIGEST), null);
		Recipient refused = new Recipient(new InboxId(ACME, "gone"), "G", "g@acme.test", Role.OWNER, Language.EN,
				Set.of(Channel.values()), "550 no such user");
		Announcement told = Announcement.of(envelope(new RunEvent.ConnectionPaused(ACME, ENTRA, WRONG_SECRET, NOW)),
				List.of(quiet, refused));
		assertThat(told.alerts()).extracting((alert) -> alert.inbox().recipient()).containsExactly("gone");
		assertThat(told.mails()).isEmpty();
	}

	@Test
	void noticesWhenNobodyIsThereToHearAFailure() {
		Announcement told = Announcement.of(envelope(new RunEvent.ConnectionPaused(ACME, ENTRA, WRONG_SECRET, NOW)),
				List.of(this.viewer));
		assertThat(told.unheard()).isEqualTo("ConnectionPaused");
	}

	@Test
	void hasWordsInEveryLanguageForEverythingThatCanHappen() {
		List<Event> events = List.of(new Change.AccountCreated(ACME, ADA, "Ada", List.of(), 1, 0, CAUSE, NOW),
				updated(), updated(new FieldChange("email", "a", "b")),
				new Change.AccountLinked(ACME, ADA, "Ada", "e-mail", 1, 0, CAUSE, NOW),
				new Change.AccountDeactivated(ACME, ADA, "Ada", LeaverReason.DELETED, 1, 0, CAUSE, NOW),
				new Change.AccountReactivated(ACME, ADA, "Ada", 1, 0, CAUSE, NOW),
				new Change.AccountHeld(ACME, ADA, "Ada", HeldReason.EMAIL_TAKEN, "ada@acme.test", 1, 0, CAUSE, NOW),
				new Change.AccountReleased(ACME, ADA, "Ada", HeldReason.EMAIL_TAKEN, 1, 0, CAUSE, NOW),
				new Change.MemberAdded(ACME, ADA, "Ada", new TeamId("t"), "Team", "member", 1, 0, CAUSE, NOW),
				new Change.MemberRemoved(ACME, ADA, "Ada", new TeamId("t"), "Team", 1, 0, CAUSE, NOW),
				new Change.TeamCreated(ACME, new TeamId("t"), "Team", 1, 0, CAUSE, NOW),
				new Change.TeamRenamed(ACME, new TeamId("t"), "Team", "Old", 1, 0, CAUSE, NOW),
				new Change.TeamArchived(ACME, new TeamId("t"), "Team", 1, 0, CAUSE, NOW),
				new Change.TeamRestored(ACME, new TeamId("t"), "Team", 1, 0, CAUSE, NOW),
				completed(RunTrigger.MANUAL, new ApplyCounts(1, 1, 1, 1, 1, 1, 1, 1)),
				new RunEvent.RunFailed(ACME, ENTRA, RUN, RunMode.FULL, RunTrigger.MANUAL, WRONG_SECRET, null, NOW),
				new RunEvent.RunFailed(ACME, ENTRA, RUN, RunMode.FULL, RunTrigger.MANUAL, UNREACHABLE, NOW, NOW),
				new RunEvent.SetHeld(ACME, ENTRA, RUN, RunEvent.GuardedKind.TEAMS, 1, 2, "l", "h", NOW),
				new RunEvent.HeldSetClosed(ACME, ENTRA, RUN, "h", true, "olga", NOW),
				new RunEvent.HeldSetClosed(ACME, ENTRA, RUN, "h", false, "olga", NOW),
				new RunEvent.ConnectionActivated(ACME, ENTRA, "olga", NOW),
				new RunEvent.ConnectionPaused(ACME, ENTRA, WRONG_SECRET, NOW),
				new RunEvent.FreshnessLost(ACME, ENTRA, NOW, UNREACHABLE, NOW),
				new RunEvent.FreshnessRestored(ACME, ENTRA, NOW), new RunEvent.RecordsLost(ACME, ENTRA, LOST, NOW));
		for (Event event : events) {
			Announcement told = announce(event);
			assertThat(told.alerts()).as("%s", event).hasSizeGreaterThanOrEqualTo(2).allSatisfy((alert) -> {
				assertThat(alert.title()).isNotBlank().doesNotContain("{", "null");
				assertThat(alert.body()).isNotBlank().doesNotContain("{", "null");
			});
			assertThat(told.alerts().get(0).title()).isNotEqualTo(told.alerts().get(1).title());
		}
	}

	@ParameterizedTest
	@EnumSource(Language.class)
	void hasTheSameTextsInEveryLanguage(Language language) {
		Set<String> english = keys(Language.EN);
		Set<String> keys = keys(language);
		keys.removeIf((key) -> key.startsWith("problem."));
		assertThat(keys).isEqualTo(english);
		for (Enum<?> term : terms()) {
			assertThat(keys).anyMatch((key) -> key.endsWith("." + term.name()));
		}
		if (language != Language.EN) {
			for (Problem.Code code : Problem.Code.values()) {
				assertThat(keys(language)).contains("problem." + code, "problem." + code + ".action");
			}
		}
	}

	@Test
	void tellsOwnersWhenAnAddressIsRefused() {
		Mail mail = announce(new RunEvent.ConnectionPaused(ACME, ENTRA, WRONG_SECRET, NOW)).mails().get(1);
		Announcement told = Announcement.ofRefusedAddress(mail.key(), mail, "550 no such user", this.all);
		assertThat(told.alerts()).extracting(Alert::title).containsExactly("E-mails to Anton are refused");
		assertThat(told.alerts().getFirst().body()).contains("anton@acme.test", "550 no such user");
	}

	private static List<Enum<?>> terms() {
		return List.of(LeaverReason.values(), HeldReason.values(), RunMode.values(), RunEvent.GuardedKind.values())
			.stream()
			.flatMap((values) -> List.<Enum<?>>of(values).stream())
			.toList();
	}

	private static Set<String> keys(Language language) {
		return new TreeSet<>(ResourceBundle
			.getBundle("io.rollcall.notifier.rules.wording", language.locale(),
					ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
			.keySet());
	}

	private Announcement announce(Event event) {
		return Announcement.of(envelope(event), this.all);
	}

	private static Envelope<?> envelope(Event event) {
		return Envelope.of((event instanceof Change change) ? change.id() : "event-1", "/test", NOW, event);
	}

	private static Change updated(FieldChange... fields) {
		return new Change.AccountUpdated(ACME, ADA, "Ada Lovelace", List.of(fields), 7, 0, CAUSE, NOW);
	}

	private static RunEvent completed(RunTrigger trigger, ApplyCounts counts) {
		return new RunEvent.RunCompleted(ACME, ENTRA, RUN, RunMode.FULL, trigger,
				new ReadCounts(1000, 7, 0, 0, 0, 0, 6), counts, NOW);
	}

	private static Recipient recipient(String id, Role role, Language language) {
		return new Recipient(new InboxId(ACME, id), id.substring(0, 1).toUpperCase() + id.substring(1),
				id + "@acme.test", role, language, Set.of(Channel.values()), null);
	}

}
