package io.rollcall.reconciler.web;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.reconciler.flow.run.RunState;
import io.rollcall.reconciler.flow.run.Runs;
import io.rollcall.reconciler.flow.view.RunView;
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
	Mono<List<RunView>> list(@PathVariable String connection, @RequestParam(defaultValue = "100") int limit) {
		return this.runs.newest(Ids.of(ConnectionId::new, connection), Problems.limit(limit))
			.flatMapSequential(this::view)
			.collectList();
	}

	private Mono<RunView> view(RunState run) {
		return (run.work().completed() != null) ? Mono.just(RunView.of(run, ApplyCounts.NONE))
				: this.runs.applied(run.connection(), run.run()).map((applied) -> RunView.of(run, applied));
	}

	@GetMapping("/{run}")
	Mono<RunView> find(@PathVariable String connection, @PathVariable String run) {
		return this.runs.find(Ids.of(ConnectionId::new, connection), Ids.of(RunId::new, run))
			.flatMap(this::view)
			.switchIfEmpty(
					Mono.error(() -> Problems.notFound("connection '%s' has no run '%s'".formatted(connection, run))));
	}

}
