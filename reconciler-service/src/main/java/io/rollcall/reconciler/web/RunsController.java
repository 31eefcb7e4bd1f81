package io.rollcall.reconciler.web;

import java.util.List;
import java.util.Optional;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.coordinate.Run;
import io.rollcall.reconciler.flow.coordinate.Runs;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

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

	RunsController(Ports ports) {
		this.runs = ports.runs();
	}

	@GetMapping
	Page<Run.Seen> list(@PathVariable String connection, @RequestParam @Nullable String cursor,
			@RequestParam(defaultValue = "100") int limit) {
		int most = Problems.limit(limit);
		List<Run> page = this.runs.newest(new ConnectionId(connection), cursor, most);
		return new Page<>(page.stream().map(Run::seen).toList(),
				(page.size() == most) ? page.getLast().id().value() : null);
	}

	@GetMapping("/{run}")
	Run.Seen find(@PathVariable String connection, @PathVariable String run) {
		return Optional.ofNullable(this.runs.find(new ConnectionId(connection), new RunId(run)))
			.map(Run::seen)
			.orElseThrow(() -> Problems.notFound("connection '%s' has no run '%s'".formatted(connection, run)));
	}

}
