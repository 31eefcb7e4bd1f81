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
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.alert.AlertRaised;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
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

	private static final SourceId SOURCE = new SourceId(
			"global/5d6b6bb7-de71-4623-b4af-96380a352509/11111111-2222-3333-4444-555555555555");

	private static final ObjectId ADELE = new ObjectId("87d349ed-44d7-43e1-9a83-5f2406dee5bd");

	private static final ObjectId MANAGER = new ObjectId("0baaae0f-b0b3-4645-867d-742d8fb669a2");

	private static final ObjectId SALES = new ObjectId("02bd9fd6-8f93-4758-87c3-1fb73740a315");

	private static final ObjectId BERLIN = new ObjectId("4d7c3e1f-5b0a-4a5e-8f5e-2f0f6f1f7c11");

	/** Whose keys are on the same partition as Adele's. */
	private static final List<ObjectId> NEIGHBOURS = List.of(new ObjectId("f5cae3bf-3729-4619-860a-3cab359eeefb"),
			new ObjectId("c7eec61b-bf97-43c0-96fa-bb7b1ba95a54"), new ObjectId("b74acffb-b0dd-448b-bb1f-f91ac50e2b99"),
			new ObjectId("faeeb40c-8782-44d5-a450-d1c384a4c93f"), new ObjectId("84366826-94b2-4700-afac-6de6c7c66f53"));

	private static final int PARTITION = 5;

	private static final AccountId ACCOUNT = new AccountId("a-5k2m9q0x7v3t");

	private static final TeamId TEAM = new TeamId("t-8w1c4z6n2p5d");

	private static final RunId RUN = new RunId("r-20261123-full");

	private static final Instant AT = Instant.parse("2026-11-23T02:14:07.482Z");

	private static final Instant STARTED = Instant.parse("2026-11-23T02:00:00Z");

	private static final Stamp RUN_START = new Stamp(Sequence.of(28_252_800, 17), 0);

	private static final Sequence SEQUENCE = Sequence.of(28_252_800, 58);

	private static final String GRACE = "grace@contoso.com";

	private static final String HASH = "9f86d081884c7d65";

	private static final ReadCounts READ = new ReadCounts(1_000, 40, 3, 2, 4_812, 960, 33);

	private static final Tally APPLIED = new Tally(
			Map.of(Tally.Kind.ACCOUNT_CREATED, 12L, Tally.Kind.ACCOUNT_UPDATED, 1L, Tally.Kind.MEMBER_JOINED, 57L),
			Map.of(Tally.Kind.ACCOUNT_CREATED, List.of("Adele Vance", "Alex Wilber"), Tally.Kind.ACCOUNT_UPDATED,
					List.of("Megan Bowen"), Tally.Kind.MEMBER_JOINED, List.of("Adele Vance", "Alex Wilber")));

	private static final Cause BY_RUN = new Cause(ENTRA, RUN, Reason.of(Reason.Code.IN_SCOPE), 4, null);

	private static final Problem SECRET = new Problem(Problem.Code.CREDENTIAL_REJECTED,
			parameters("code", "AADSTS7000215", "detail", "Invalid client secret provided."), true);

	private static final Problem THROTTLED = new Problem(Problem.Code.GRAPH_THROTTLED,
			parameters("code", "TooManyRequests", "detail", "Too many requests"), false);

	private static final Problem LOST = new Problem(Problem.Code.RECORDS_LOST, Map.of("topic", Topics.OBSERVATIONS),
			false);

	private static final Problem FAILS = new Problem(Problem.Code.SET_ASIDE,
			Map.of("detail", "Document to upsert is larger than 16777216"), false);

	private Examples() {
	}

	static List<Envelope<?>> all() {
		List<Event> events = new ArrayList<>();
		events.addAll(hints());
		events.addAll(observations());
		events.addAll(changes());
		events.addAll(states());
		events.addAll(progressOfRuns());
		events.addAll(progressOfConnections());
		events.addAll(runs());
		events.addAll(connections());
		events.addAll(failures());
		events.add(new RulesPublished(CONTOSO, ENTRA, 4,
				List.of("displayName", "givenName", "surname", "mail", "userPrincipalName", "accountEnabled"),
				List.of("displayName"), AT));
		events.add(new AlertRaised(CONTOSO, "grace", "grace:contoso-entra:r-20261123-full:failed",
				AlertRaised.Severity.ERROR, "Contoso is not synced",
				"Microsoft Entra ID did not accept the client secret. Create a new one and save it in the connection.",
				ENTRA.value(), AT));
		return events.stream().<Envelope<?>>map(Examples::travelling).toList();
	}

	private static Envelope<?> travelling(Event event) {
		RunId run = (event instanceof Change change) ? change.cause().run() : null;
		return new Envelope<>(id(event), source(event), AT.plusMillis(31), run, event);
	}

	private static String id(Event event) {
		return switch (event) {
			case Observation.CellsObserved cells -> cells.connection() + ":" + cells.stamp(cells.cells().getFirst());
			case Change change -> change.id();
			case AlertRaised alert -> alert.alert();
			default -> "0198f2a1-6c3e-7b5d-9f10-2d4e6a8c0b12";
		};
	}

	private static String source(Event event) {
		return switch (event) {
			case Hint.ResyncRequested resync -> "/rollcall/reconciler";
			case Hint.ObjectWanted wanted -> "/rollcall/reconciler";
			case Hint hint -> "/rollcall/connector";
			case Observation.CellsObserved cells -> "/rollcall/connector";
			case Observation.RunMarker marker -> "/rollcall/connector";
			case Progress.ConnectionChanged changed -> "/rollcall/connector";
			case Progress.ReadingStarted started -> "/rollcall/connector";
			case Progress.ReadingProgressed progressed -> "/rollcall/connector";
			case Progress.ReadingEnded ended -> "/rollcall/connector";
			case RunEvent.ConnectionSaved saved -> "/rollcall/connector";
			case RunEvent.ConnectionActivated activated -> "/rollcall/connector";
			case RunEvent.ConnectionStopped stopped -> "/rollcall/connector";
			case RunEvent.ConnectionFailing failing -> "/rollcall/connector";
			case RunEvent.ConnectionRecovered recovered -> "/rollcall/connector";
			case RunEvent.FreshnessLost lost -> "/rollcall/connector";
			case RunEvent.FreshnessRestored restored -> "/rollcall/connector";
			case AlertRaised alert -> "/rollcall/notifier";
			default -> "/rollcall/reconciler";
		};
	}

	private static List<Event> hints() {
		return List.of(
				new Hint.ChangeHinted(SOURCE, ObjectKind.USER, ADELE, "updated", "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
						AT),
				new Hint.ReauthorizationHinted(SOURCE, "7f105c7d-2dc5-4530-97cd-4e7ae6534c07", AT),
				new Hint.ObjectWanted(SOURCE, ENTRA, ADELE, ObjectKind.USER, Hint.ObjectWanted.Why.PERSON, GRACE, AT),
				new Hint.RunRequested(SOURCE, ENTRA, RunMode.FULL, GRACE, AT),
				new Hint.ResyncRequested(SOURCE, ENTRA, AT), new Hint.ConnectionTouched(SOURCE, ENTRA, AT));
	}

	private static List<Event> observations() {
		return List.of(
				new Observation.CellsObserved(CONTOSO, ENTRA, SOURCE, SEQUENCE, PARTITION, part(RunPhase.READ, 9),
						List.of("displayName", "givenName", "surname", "mail", "userPrincipalName", "accountEnabled",
								"jobTitle", "department", "businessPhones"),
						cells()),
				new Observation.ObjectsUnseen(CONTOSO, ENTRA, PARTITION, part(RunPhase.SWEEP, 1), List.of(ADELE)),
				new Observation.DecisionsRequested(CONTOSO, ENTRA, PARTITION, null,
						Observation.DecisionsRequested.Why.CONTAINER, List.of(ADELE, NEIGHBOURS.getFirst())),
				new Observation.StagedReleased(CONTOSO, ENTRA, PARTITION, part(RunPhase.RELEASE, 1), GRACE, List.of(
						new Observation.StagedReleased.Entry(ADELE, ACCOUNT.value(), GuardedKind.ACCOUNTS, null, 12),
						new Observation.StagedReleased.Entry(NEIGHBOURS.getFirst(), "a-1d8e3k6r0b4y",
								GuardedKind.MEMBERSHIPS, TEAM.value(), 3))),
				new Observation.RunMarker(CONTOSO, ENTRA, PARTITION, RUN, RunMode.FULL, RunPhase.READ, 9, RUN_START,
						false),
				new Observation.AccountsImported(CONTOSO, ENTRA, PARTITION,
						new RunPart(RUN, RunMode.IMPORT, RunPhase.READ, 1, Stamp.NONE), GRACE,
						List.of(new Observation.AccountsImported.Imported(ACCOUNT, Map.of("displayName", "Adele Vance"),
								List.of("employeeId:4711")))),
				new Observation.IgnoreRequested(CONTOSO, ENTRA, ADELE, true, GRACE, AT),
				new Observation.RemovalAnswered(CONTOSO, ENTRA, ADELE, ACCOUNT, 7, true, GRACE, AT),
				new Observation.MatchSettled(CONTOSO, ENTRA, ADELE, Observation.MatchSettled.How.LINK, ACCOUNT, GRACE,
						AT),
				new Observation.PlaceGiven(CONTOSO, ENTRA, ADELE, ACCOUNT, TEAM, "COACH", GRACE, AT),
				new Observation.RoleGiven(CONTOSO, ENTRA, ADELE, ACCOUNT, "OWNER", GRACE, AT),
				new Observation.TeamShaped(CONTOSO, TEAM, "Choir", true, GRACE, AT));
	}

	/** One of every kind. */
	private static List<Cell> cells() {
		return List.of(
				new Cell.ObjectRead(14, ADELE, ObjectKind.USER, new Attributes(adele()),
						new Edges(List.of(SALES), List.of(BERLIN), MANAGER)),
				new Cell.EdgesRead(22, NEIGHBOURS.get(0), ObjectKind.GROUP, new Edges(List.of(SALES), List.of(), null)),
				new Cell.EdgeRead(37, NEIGHBOURS.get(1), ObjectKind.USER, ContainerKind.GROUP, SALES, false),
				new Cell.ManagerRead(58, NEIGHBOURS.get(2), MANAGER),
				new Cell.ObjectGone(104, NEIGHBOURS.get(3), ObjectKind.USER, Removal.RESTORABLE),
				new Cell.MembersListed(131, NEIGHBOURS.get(4), ObjectKind.GROUP));
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

	private static List<Event> changes() {
		Reason taken = new Reason(Reason.Code.EMAIL_TAKEN,
				parameters("email", "adelev@contoso.com", "holder", "a-9t4w7j2m5c8h", "name", "Adele Varga"));
		return List.of(
				new Change.AccountChanged(CONTOSO, ACCOUNT, 3, Change.AccountChanged.What.HELD, "Adele Vance-Berg",
						State.Status.ACTIVE,
						List.of(new FieldChange("surname", "Vance", "Vance-Berg"),
								new FieldChange("jobTitle", "Retail Manager", null)),
						List.of(new Change.AccountChanged.Membership(TEAM, "Sales", "MEMBER")),
						List.of(new Change.AccountChanged.Membership(new TeamId("t-3b7f0y9s1g6k"), "Retail", "MEMBER")),
						taken, new Cause(ENTRA, RUN, taken, 4, null), AT),
				new Change.TeamChanged(CONTOSO, TEAM, 2, Change.TeamChanged.What.RENAMED, "Sales and Service", "Sales",
						State.Status.ACTIVE,
						new Cause(ENTRA, null, Reason.of(Reason.Code.CHANGED_IN_DIRECTORY), 4, null), AT));
	}

	private static List<Event> states() {
		Map<String, String> fields = parameters("displayName", "Adele Vance", "givenName", "Adele", "surname", "Vance",
				"email", "adelev@contoso.com");
		return List.of(
				new State.AccountState(CONTOSO, ACCOUNT, 8, State.Status.ACTIVE, fields,
						List.of(new State.Membership(TEAM, "MEMBER")), ENTRA, ADELE, AT),
				new State.TeamState(CONTOSO, TEAM, 2, State.Status.ACTIVE, "Sales and Service", ENTRA,
						new State.Source(ContainerKind.GROUP, SALES), AT));
	}

	private static List<Event> progressOfRuns() {
		return List.of(
				new Progress.ReadingStarted(CONTOSO, ENTRA, RUN, RunMode.FULL, RunTrigger.MANUAL, GRACE, RUN_START,
						STARTED),
				new Progress.ReadingProgressed(CONTOSO, ENTRA, RUN, new ReadCounts(400, 40, 3, 0, 1_970, 377, 14), AT),
				new Progress.ReadingEnded(CONTOSO, ENTRA, RUN, READ,
						List.of(ObjectKind.USER, ObjectKind.GROUP, ObjectKind.ADMINISTRATIVE_UNIT),
						List.of(Topics.SNAPSHOTS), null, AT),
				new Progress.RecordsApplied(CONTOSO, ENTRA, RUN, RunMode.FULL, RunPhase.READ, Topics.SNAPSHOTS,
						PARTITION, 4, 9, APPLIED),
				new Progress.PhaseEndReached(CONTOSO, ENTRA, RUN, RunMode.FULL, RunPhase.READ, Topics.SNAPSHOTS,
						PARTITION, 9, RUN_START),
				new Progress.Staged(CONTOSO, ENTRA, RUN,
						List.of(new Progress.Staged.Entry(ADELE, ACCOUNT.value(), GuardedKind.ACCOUNTS, null,
								"Adele Vance", Reason.of(Reason.Code.DELETED), 12))),
				new Progress.ContainersChanged(CONTOSO, ENTRA, RUN,
						List.of(new Progress.ContainersChanged.Container(ContainerKind.GROUP, SALES))));
	}

	private static List<Event> progressOfConnections() {
		return List.of(new Progress.ConnectionChanged(CONTOSO, ENTRA, SOURCE, ConnectionStatus.ACTIVE, "Contoso", AT),
				new Progress.WriterChanged(CONTOSO, ENTRA, ADELE, AT),
				new Progress.SettingAside(CONTOSO, ENTRA, FAILS, AT),
				new Progress.RulesChanged(CONTOSO, ENTRA, 4, GRACE, null, AT),
				new Progress.RepairRequested(CONTOSO, ENTRA, "5f3c1e0a-7a51-4c9b-b3f5-0d7b6c1a9e42", GRACE, AT),
				new Progress.HeldSetJudged(CONTOSO, ENTRA, HASH, true, null, GRACE, AT));
	}

	private static List<Event> runs() {
		return List.of(new RunEvent.RunStarted(CONTOSO, ENTRA, RUN, RunMode.FULL, RunTrigger.MANUAL, GRACE, STARTED),
				new RunEvent.RunProgressed(CONTOSO, ENTRA, RUN, new ReadCounts(400, 40, 3, 0, 1_970, 377, 14), APPLIED,
						AT),
				new RunEvent.RunEnded(CONTOSO, ENTRA, RUN, RunMode.FULL, RunTrigger.MANUAL, GRACE,
						RunEvent.Outcome.COMPLETED, READ, APPLIED, 2, false, null, STARTED, AT),
				new RunEvent.SetHeld(CONTOSO, ENTRA, HASH, GuardedKind.ACCOUNTS, 212, 1_000, 100,
						List.of("Adele Vance", "Alex Wilber"), RUN, AT),
				new RunEvent.HeldSetClosed(CONTOSO, ENTRA, HASH, GuardedKind.ACCOUNTS, true, GRACE, AT));
	}

	private static List<Event> connections() {
		return List.of(
				new RunEvent.ConnectionSaved(CONTOSO, ENTRA, "Contoso", "5d6b6bb7-de71-4623-b4af-96380a352509", AT),
				new RunEvent.ConnectionActivated(CONTOSO, ENTRA, GRACE, AT),
				new RunEvent.ConnectionStopped(CONTOSO, ENTRA, ConnectionStatus.PAUSED, GRACE, AT),
				new RunEvent.ConnectionFailing(CONTOSO, ENTRA, SECRET, AT.plusSeconds(900), AT),
				new RunEvent.ConnectionRecovered(CONTOSO, ENTRA, AT),
				new RunEvent.FreshnessLost(CONTOSO, ENTRA, STARTED, THROTTLED, AT),
				new RunEvent.FreshnessRestored(CONTOSO, ENTRA, AT));
	}

	private static List<Event> failures() {
		return List.of(new RunEvent.RecordsLost(CONTOSO, ENTRA, LOST, AT),
				new RunEvent.ConnectionSetAside(CONTOSO, ENTRA, FAILS, AT),
				new RunEvent.ConnectionTakenBack(CONTOSO, ENTRA, AT),
				new RunEvent.DeadLetterWaiting(CONTOSO, ENTRA, "reconciler", "67418a2fd5c3a90b1e7f2c44",
						Problem.forPerson(Problem.Code.RECORD_UNREADABLE, "detail",
								"/attributes: Missing required creator property 'attributes'"),
						AT),
				new RunEvent.DeadLettersSettled(CONTOSO, ENTRA, "reconciler", AT));
	}

	private static RunPart part(RunPhase phase, int number) {
		return new RunPart(RUN, RunMode.FULL, phase, number, RUN_START);
	}

	private static Map<String, String> parameters(String... namesAndValues) {
		Map<String, String> parameters = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			parameters.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return parameters;
	}

}
