package io.rollcall.reconciler.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.reconciler.flow.coordinate.Run;
import io.rollcall.reconciler.flow.coordinate.Runs;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A connection's runs, the newest first. */
@RestController
@RequestMapping("/api/connections/{connection}/runs")
class RunsController {

	private final Runs runs;

	RunsController(Runs runs) {
		this.runs = runs;
	}

	@GetMapping
	Mono<Page<Body>> list(@PathVariable String connection, @RequestParam @Nullable String cursor,
			@RequestParam(defaultValue = "100") int limit) {
		int most = Problems.limit(limit);
		return Blocking.run(() -> {
			List<Run> page = this.runs.newest(new ConnectionId(connection), cursor, most);
			return new Page<>(page.stream().map(Body::of).toList(),
					(page.size() == most) ? page.getLast().id().value() : null);
		});
	}

	@GetMapping("/{run}")
	Mono<Body> find(@PathVariable String connection, @PathVariable String run) {
		return Blocking.run(() -> Body.of(Blocking.found(this.runs.find(new ConnectionId(connection), new RunId(run)),
				"connection '%s' has no run '%s'".formatted(connection, run))));
	}

	/**
	 * A run, as people look at it.
	 *
	 * @param phase how far it is: {@code READ}, {@code SWEEP}, {@code DECIDE},
	 * {@code RELEASE}; {@code COMPLETED} or {@code ABANDONED} in the end
	 * @param read what the connector read
	 * @param applied what its decisions did, until now or in the end, by kind
	 * @param names the first names of each kind
	 * @param held how much of what it staged waits for a person
	 * @param about whether some of it was applied, and counted, twice
	 */
	record Body(String organization, String connection, String run, String mode, String trigger, @Nullable String by,
			String phase, ReadBody read, Map<String, Long> applied, Map<String, List<String>> names, long held,
			boolean about, @Nullable ProblemBody problem, Instant startedAt, @Nullable Instant endedAt) {

		static Body of(Run run) {
			Map<String, Long> applied = new TreeMap<>();
			run.counts().changed().counts().forEach((kind, count) -> applied.put(kind.name(), count));
			Map<String, List<String>> names = new TreeMap<>();
			run.counts().changed().names().forEach((kind, some) -> names.put(kind.name(), some));
			String phase = run.open() ? run.work().phase().name() : run.work().abandoned() ? "ABANDONED" : "COMPLETED";
			return new Body(run.head().organization().value(), run.head().connection().value(), run.id().value(),
					run.head().mode().name(), run.head().trigger().name(), run.head().by(), phase,
					ReadBody.of(run.counts().read()), applied, names, run.work().held(), run.counts().about(),
					ProblemBody.of(run.work().problem()), run.head().at(), run.work().endedAt());
		}

	}

	/** What was read from Graph. */
	record ReadBody(long users, long groups, long units, long removed, long memberships, long managers, long pages) {

		static ReadBody of(ReadCounts read) {
			return new ReadBody(read.users(), read.groups(), read.units(), read.removed(), read.memberships(),
					read.managers(), read.pages());
		}

	}

	/** Why a run was abandoned, or what it left out: a code with parameters. */
	record ProblemBody(String code, Map<String, String> parameters, boolean needsPerson) {

		static @Nullable ProblemBody of(@Nullable Problem problem) {
			return (problem != null)
					? new ProblemBody(problem.code().name(), problem.parameters(), problem.needsPerson()) : null;
		}

	}

}
