package io.rollcall.reconciler.mongo.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.run.Gathered;
import io.rollcall.reconciler.flow.run.RunPhase;
import io.rollcall.reconciler.flow.run.RunState;
import io.rollcall.reconciler.flow.run.RunState.Marks;
import io.rollcall.reconciler.flow.run.RunWork;
import io.rollcall.reconciler.rules.guard.SetTally;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A run as a document and back. */
final class RunDocuments {

	private static final Duration KEPT = Duration.ofDays(30);

	private RunDocuments() {
	}

	static String id(ConnectionId connection, RunId run) {
		return connection + ":" + run;
	}

	static RunState state(Document document) {
		return new RunState(new OrganizationId(document.getString("organization")),
				new ConnectionId(document.getString("connection")), new RunId(document.getString("run")),
				RunMode.valueOf(document.getString("mode")), RunTrigger.valueOf(document.getString("trigger")),
				Documents.stamp(document.get("startedAt", Document.class)), marks(document), read(document),
				work(document.get("work", Document.class)));
	}

	static Document read(ReadCounts counts) {
		return new Document("users", counts.users()).append("groups", counts.groups())
			.append("units", counts.units())
			.append("removed", counts.removed())
			.append("memberships", counts.memberships())
			.append("managers", counts.managers())
			.append("pages", counts.pages());
	}

	static Document applied(ApplyCounts counts) {
		Document document = new Document();
		fields(counts).forEach(document::append);
		return document;
	}

	static Map<String, Long> fields(ApplyCounts counts) {
		Map<String, Long> fields = new LinkedHashMap<>();
		fields.put("created", counts.created());
		fields.put("updated", counts.updated());
		fields.put("deactivated", counts.deactivated());
		fields.put("reactivated", counts.reactivated());
		fields.put("held", counts.held());
		fields.put("teams", counts.teams());
		fields.put("joined", counts.joined());
		fields.put("left", counts.left());
		return fields;
	}

	static Document work(RunWork work, long revision) {
		Document document = new Document("revision", revision).append("phase", work.phase().name())
			.append("chunk", work.chunk())
			.append("cursor", work.cursor())
			.append("touched", List.copyOf(work.touched()))
			.append("gathered", gathered(work.gathered()))
			.append("released", work.released().stream().map(Enum::name).toList())
			.append("held", work.held())
			.append("note", work.note());
		RunWork.Completed completed = work.completed();
		if (completed != null) {
			document.append("completed",
					new Document("at", Date.from(completed.at())).append("applied", applied(completed.applied())));
		}
		return document;
	}

	/**
	 * When a run that goes no further is forgotten: whoever began it may never end it.
	 */
	static Date expiry(Instant now) {
		return Date.from(now.plus(KEPT));
	}

	private static Map<RunMarker.Phase, Marks> marks(Document document) {
		Map<RunMarker.Phase, Marks> marks = new EnumMap<>(RunMarker.Phase.class);
		document.get("marks", new Document())
			.forEach((phase, of) -> marks.put(RunMarker.Phase.valueOf(phase), new Marks(
					Documents.integers((Document) of, "partitions"), Documents.integers((Document) of, "seen"))));
		return marks;
	}

	private static ReadCounts read(Document run) {
		Document read = run.get("read", new Document());
		return new ReadCounts(Documents.number(read, "users"), Documents.number(read, "groups"),
				Documents.number(read, "units"), Documents.number(read, "removed"),
				Documents.number(read, "memberships"), Documents.number(read, "managers"),
				Documents.number(read, "pages"));
	}

	static ApplyCounts counts(Document document) {
		return new ApplyCounts(Documents.number(document, "created"), Documents.number(document, "updated"),
				Documents.number(document, "deactivated"), Documents.number(document, "reactivated"),
				Documents.number(document, "held"), Documents.number(document, "teams"),
				Documents.number(document, "joined"), Documents.number(document, "left"));
	}

	private static RunWork work(@Nullable Document document) {
		if (document == null) {
			return RunWork.NONE;
		}
		Set<GuardedKind> released = document.getList("released", String.class)
			.stream()
			.map(GuardedKind::valueOf)
			.collect(Collectors.toSet());
		return new RunWork(document.getLong("revision"), RunPhase.valueOf(document.getString("phase")),
				document.getLong("chunk"), document.getString("cursor"), Documents.integers(document, "touched"),
				gathered(document.get("gathered", Document.class)), released, document.getLong("held"),
				document.getString("note"), completed(document.get("completed", Document.class)));
	}

	private static RunWork.@Nullable Completed completed(@Nullable Document document) {
		if (document == null) {
			return null;
		}
		Instant at = document.getDate("at").toInstant();
		return new RunWork.Completed(at, counts(Objects.requireNonNull(document.get("applied", Document.class))));
	}

	private static Document gathered(Gathered gathered) {
		Document sets = new Document();
		gathered.sets()
			.forEach((kind, set) -> sets.append(kind.name(),
					new Document("items", set.tally().items()).append("counted", set.tally().counted())
						.append("hash", set.tally().hash())
						.append("pages", set.pages())));
		return new Document("ledger", gathered.ledger()).append("sets", sets);
	}

	private static Gathered gathered(Document document) {
		Map<GuardedKind, Gathered.StagedSet> sets = new EnumMap<>(GuardedKind.class);
		document.get("sets", Document.class).forEach((kind, value) -> {
			Document set = (Document) value;
			sets.put(GuardedKind.valueOf(kind),
					new Gathered.StagedSet(
							new SetTally(set.getLong("items"), set.getLong("counted"), set.getString("hash")),
							set.getList("pages", String.class)));
		});
		return new Gathered(document.getLong("ledger"), sets);
	}

}
