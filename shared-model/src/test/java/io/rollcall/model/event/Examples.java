package io.rollcall.model.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.alert.AlertRaised;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.HeldReason;
import io.rollcall.model.change.LeaverReason;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.model.state.State;

/**
 * One realistic event of every type, all from the same night in the same tenant. The
 * golden files are written from these.
 */
final class Examples {

	private static final OrganizationId CONTOSO = new OrganizationId("contoso");

	private static final ConnectionId ENTRA = new ConnectionId("contoso-entra");

	private static final ObjectId ADELE = new ObjectId("87d349ed-44d7-43e1-9a83-5f2406dee5bd");

	private static final ObjectId MANAGER = new ObjectId("0baaae0f-b0b3-4645-867d-742d8fb669a2");

	private static final ObjectId SALES = new ObjectId("02bd9fd6-8f93-4758-87c3-1fb73740a315");

	private static final AccountId ACCOUNT = new AccountId("a-5k2m9q0x7v3t");

	private static final TeamId TEAM = new TeamId("t-8w1c4z6n2p5d");

	private static final RunId RUN = new RunId("r-20261123-full");

	private static final Instant AT = Instant.parse("2026-11-23T02:14:07.482Z");

	private static final Instant STARTED = Instant.parse("2026-11-23T02:00:00Z");

	private static final Stamp RUN_START = new Stamp(Sequence.of(28_252_800, 17), 0);

	private static final Stamp STAMP = new Stamp(Sequence.of(28_252_800, 58), 131);

	private static final String GRACE = "grace@contoso.com";

	private static final ReadCounts READ = new ReadCounts(1_000, 40, 3, 2, 4_812, 960, 33);

	private static final ApplyCounts APPLIED = new ApplyCounts(12, 31, 2, 1, 1, 3, 57, 9);

	private static final Cause BY_RUN = new Cause(ENTRA, RUN, "In scope: everyone", 4, null);

	private static final Cause BY_PERSON = new Cause(ENTRA, null, "Ignored by a person", 4, GRACE);

	private static final Problem SECRET = new Problem(Problem.Code.CREDENTIAL_REJECTED,
			"Microsoft Entra ID did not accept the client secret (AADSTS7000215).",
			"Create a new client secret in Entra and save it in the connection's settings.", true);

	private static final Problem THROTTLED = new Problem(Problem.Code.GRAPH_THROTTLED,
			"Microsoft Graph asked us to wait.", "Nothing to do: the run goes on by itself.", false);

	private static final Problem LOST = new Problem(Problem.Code.RETENTION_EXCEEDED,
			"Records of rollcall.directory.observations.v1 were deleted before they had been applied.",
			"Nothing has to be done for the data, a full sync begins by itself; but find out why the reconciler stood "
					+ "still for longer than the topic keeps its records.",
			false);

	private Examples() {
	}

	static List<Envelope<?>> all() {
		List<Event> events = new ArrayList<>();
		events.addAll(hints());
		events.addAll(readings());
		events.addAll(requests());
		events.addAll(accountChanges());
		events.addAll(teamChanges());
		events.addAll(states());
		events.addAll(runs());
		events.addAll(connections());
		events.add(new RulesPublished(CONTOSO, ENTRA, 4, 2,
				List.of("displayName", "givenName", "surname", "mail", "userPrincipalName", "accountEnabled"),
				List.of("displayName", "members"), AT));
		events.add(new AlertRaised(CONTOSO, "grace", "grace:contoso-entra:r-20261123-full:failed",
				AlertRaised.Severity.ERROR, "Contoso is no longer synced", SECRET.message() + " " + SECRET.action(),
				ENTRA.value(), AT));
		return events.stream().<Envelope<?>>map(Examples::travelling).toList();
	}

	private static Envelope<?> travelling(Event event) {
		boolean bulk = event instanceof Observation.Reading;
		String trace = (event instanceof Hint) ? "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" : null;
		return new Envelope<>(id(event), source(event), AT.plusMillis(31), bulk, trace, event);
	}

	private static String id(Event event) {
		return switch (event) {
			case Observation.Reading reading -> reading.connection() + ":" + reading.stamp();
			case Change change -> change.id();
			case AlertRaised alert -> alert.alert();
			default -> "0198f2a1-6c3e-7b5d-9f10-2d4e6a8c0b12";
		};
	}

	private static String source(Event event) {
		return switch (event) {
			case Hint.ResyncRequested resync -> "/rollcall/reconciler";
			case Hint hint -> "/rollcall/connector";
			case Observation.Reading reading -> "/rollcall/connector";
			case RunEvent.SetHeld held -> "/rollcall/reconciler";
			case RunEvent.HeldSetClosed closed -> "/rollcall/reconciler";
			case RunEvent.RunCompleted completed -> "/rollcall/reconciler";
			case RunEvent.RecordsLost lost -> "/rollcall/reconciler";
			case RunEvent run -> "/rollcall/connector";
			case AlertRaised alert -> "/rollcall/notifier";
			default -> "/rollcall/reconciler";
		};
	}

	private static List<Event> hints() {
		return List.of(
				new Hint.ChangeHinted(ENTRA, ObjectKind.USER, ADELE, "updated", "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
						AT),
				new Hint.ReauthorizationHinted(ENTRA, "7f105c7d-2dc5-4530-97cd-4e7ae6534c07", AT),
				new Hint.PersonSyncRequested(ENTRA, ADELE, GRACE, AT),
				new Hint.RunRequested(ENTRA, RunMode.FULL, GRACE, AT),
				new Hint.ResyncRequested(ENTRA, LOST.message(), AT), new Hint.ConnectionTouched(ENTRA, AT));
	}

	private static List<Event> readings() {
		return List.of(
				new Observation.ObjectObserved(CONTOSO, ENTRA, ADELE, ObjectKind.USER, RUN, STAMP, 2,
						new Attributes(adele())),
				new Observation.ObjectRemoved(CONTOSO, ENTRA, ADELE, ObjectKind.USER, RUN, STAMP, Removal.RESTORABLE),
				new Observation.MembershipObserved(CONTOSO, ENTRA, ADELE, ObjectKind.USER, RUN, STAMP, SALES,
						ObjectKind.GROUP, true),
				new Observation.ManagerObserved(CONTOSO, ENTRA, ADELE, RUN, STAMP, MANAGER));
	}

	private static Map<String, Object> adele() {
		Map<String, Object> attributes = new LinkedHashMap<>();
		attributes.put("displayName", "Adele Vance");
		attributes.put("givenName", "Adele");
		attributes.put("surname", "Vance");
		attributes.put("mail", "AdeleV@contoso.com");
		attributes.put("userPrincipalName", "AdeleV@contoso.onmicrosoft.com");
		attributes.put("accountEnabled", true);
		attributes.put("jobTitle", "Retail Manager");
		attributes.put("department", null);
		attributes.put("businessPhones", List.of("+1 425 555 0109"));
		return attributes;
	}

	private static List<Event> requests() {
		return List.of(new Observation.ObjectUnseen(CONTOSO, ENTRA, ADELE, RUN, RUN_START),
				new Observation.DecideRequested(CONTOSO, ENTRA, ADELE, "The rules changed", RUN),
				new Observation.StagedReleased(CONTOSO, ENTRA, ADELE, RUN, "leavers-1"),
				new Observation.IgnoreRequested(CONTOSO, ENTRA, ADELE, true, GRACE, AT, "cmd-4d81"),
				new Observation.ManualMemberRequested(CONTOSO, ENTRA, ADELE, ACCOUNT, TEAM, "MEMBER", GRACE, AT,
						"cmd-4d82"),
				new Observation.RunMarker(CONTOSO, ENTRA, RUN, RunMode.FULL, RunTrigger.SCHEDULE,
						Observation.RunMarker.Phase.READ, 3, List.of(0, 3, 7, 11), RUN_START, READ),
				new Observation.RunContinued(CONTOSO, ENTRA, RUN, "sweep", 2),
				new Observation.HeldSetJudged(CONTOSO, ENTRA, RUN, "9f86d081884c7d65", true, GRACE, AT));
	}

	private static List<Event> accountChanges() {
		return List.of(
				new Change.AccountCreated(CONTOSO, ACCOUNT, "Adele Vance",
						List.of(new FieldChange("displayName", null, "Adele Vance"),
								new FieldChange("email", null, "adelev@contoso.com")),
						1, 0, BY_RUN, AT),
				new Change.AccountLinked(CONTOSO, ACCOUNT, "Adele Vance", "email", 2, 0, BY_RUN, AT),
				new Change.AccountUpdated(CONTOSO, ACCOUNT, "Adele Vance-Berg",
						List.of(new FieldChange("surname", "Vance", "Vance-Berg"),
								new FieldChange("jobTitle", "Retail Manager", null)),
						3, 0, BY_RUN, AT),
				new Change.AccountDeactivated(CONTOSO, ACCOUNT, "Adele Vance", LeaverReason.DELETED, 4, 0, BY_RUN, AT),
				new Change.AccountReactivated(CONTOSO, ACCOUNT, "Adele Vance", 5, 0, BY_RUN, AT),
				new Change.AccountHeld(CONTOSO, ACCOUNT, "Adele Vance", HeldReason.EMAIL_TAKEN,
						"adelev@contoso.com belongs to the account of Adele Varga", 6, 0, BY_RUN, AT),
				new Change.AccountReleased(CONTOSO, ACCOUNT, "Adele Vance", HeldReason.EMAIL_TAKEN, 7, 0, BY_PERSON,
						AT),
				new Change.MemberAdded(CONTOSO, ACCOUNT, "Adele Vance", TEAM, "Sales", "MEMBER", 8, 1, BY_RUN, AT),
				new Change.MemberRemoved(CONTOSO, ACCOUNT, "Adele Vance", TEAM, "Sales", 9, 1, BY_PERSON, AT));
	}

	private static List<Event> teamChanges() {
		return List.of(new Change.TeamCreated(CONTOSO, TEAM, "Sales", 1, 0, BY_RUN, AT),
				new Change.TeamRenamed(CONTOSO, TEAM, "Sales and Service", "Sales", 2, 0, BY_RUN, AT),
				new Change.TeamArchived(CONTOSO, TEAM, "Sales and Service", 3, 0, BY_RUN, AT),
				new Change.TeamRestored(CONTOSO, TEAM, "Sales and Service", 4, 0, BY_RUN, AT));
	}

	private static List<Event> states() {
		Map<String, String> fields = new LinkedHashMap<>();
		fields.put("displayName", "Adele Vance");
		fields.put("givenName", "Adele");
		fields.put("surname", "Vance");
		fields.put("email", "adelev@contoso.com");
		return List.of(
				new State.AccountState(CONTOSO, ACCOUNT, 8, State.Status.ACTIVE, fields,
						List.of(new State.Membership(TEAM, "MEMBER")), ENTRA, ADELE, AT),
				new State.TeamState(CONTOSO, TEAM, 2, State.Status.ACTIVE, "Sales and Service", ENTRA, SALES, AT));
	}

	private static List<Event> runs() {
		return List.of(new RunEvent.RunStarted(CONTOSO, ENTRA, RUN, RunMode.FULL, RunTrigger.MANUAL, GRACE, STARTED),
				new RunEvent.RunProgressed(CONTOSO, ENTRA, RUN, new ReadCounts(400, 40, 3, 0, 1_970, 377, 14), AT),
				new RunEvent.RunRead(CONTOSO, ENTRA, RUN, RunMode.FULL, RunTrigger.SCHEDULE, READ, STARTED, AT),
				new RunEvent.RunCompleted(CONTOSO, ENTRA, RUN, RunMode.FULL, RunTrigger.SCHEDULE, READ, APPLIED, AT),
				new RunEvent.RunFailed(CONTOSO, ENTRA, RUN, RunMode.DELTA, RunTrigger.HINT, THROTTLED,
						AT.plusSeconds(120), AT),
				new RunEvent.SetHeld(CONTOSO, ENTRA, RUN, RunEvent.GuardedKind.ACCOUNTS, 212, 1_000,
						"at most 100 accounts or 10 % in 24 hours", "9f86d081884c7d65", AT),
				new RunEvent.HeldSetClosed(CONTOSO, ENTRA, RUN, "9f86d081884c7d65", true, GRACE, AT));
	}

	private static List<Event> connections() {
		return List.of(
				new RunEvent.ConnectionSaved(CONTOSO, ENTRA, "Contoso", "5d6b6bb7-de71-4623-b4af-96380a352509", AT),
				new RunEvent.ConnectionActivated(CONTOSO, ENTRA, GRACE, AT),
				new RunEvent.ConnectionPaused(CONTOSO, ENTRA, SECRET, AT),
				new RunEvent.FreshnessLost(CONTOSO, ENTRA, STARTED, THROTTLED, AT),
				new RunEvent.FreshnessRestored(CONTOSO, ENTRA, AT), new RunEvent.RecordsLost(CONTOSO, ENTRA, LOST, AT));
	}

}
