package io.rollcall.reconciler.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.view.Importing;
import io.rollcall.reconciler.flow.view.Importing.Outcome;
import io.rollcall.reconciler.flow.view.Importing.Report;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Imports the accounts that an application had before there was a directory. */
@RestController
@RequestMapping("/api/connections/{connection}/imports")
class ImportsController {

	private static final int MOST_BYTES = 64 * 1024 * 1024;

	private final Connections connections;

	private final Importing importing;

	ImportsController(Ports ports, Importing importing) {
		this.connections = ports.connections();
		this.importing = importing;
	}

	/**
	 * Imports a CSV.
	 * @param dryRun whether only to say what would become of each line
	 */
	@PostMapping(consumes = { "text/csv", MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE })
	Mono<ResponseEntity<Body>> csv(@PathVariable String connection,
			@RequestParam(defaultValue = "false") boolean dryRun, @RequestParam @Nullable String by,
			ServerHttpRequest request) {
		return bytes(request).map((bytes) -> imported(connection, dryRun, by, ImportFile.csv(bytes)));
	}

	/** Imports a JSON array. */
	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Body>> json(@PathVariable String connection,
			@RequestParam(defaultValue = "false") boolean dryRun, @RequestParam @Nullable String by,
			ServerHttpRequest request) {
		return bytes(request).map((bytes) -> imported(connection, dryRun, by, ImportFile.json(bytes)));
	}

	private ResponseEntity<Body> imported(String id, boolean dryRun, @Nullable String by, ImportFile file) {
		String person = new Act(by).person();
		Connection connection = this.connections.find(new ConnectionId(id));
		if (connection == null) {
			throw Problems.notFound("there is no connection '%s'".formatted(id));
		}
		List<Report> reports = this.importing.check(connection.organization(), file.lines());
		if (dryRun) {
			return ResponseEntity.ok(Body.of(file, null, reports));
		}
		if (connection.setAside()) {
			throw Problems.conflict("what the connection sends is passed over: import when it is applied again");
		}
		if (this.importing.isRunning(connection)) {
			throw Problems.conflict(
					"another import is on its way: look at /api/connections/%s/runs, and import when ".formatted(id)
							+ "it has ended");
		}
		if (reports.stream().noneMatch((report) -> report.outcome() == Outcome.NEW)) {
			return ResponseEntity.ok(Body.of(file, null, reports));
		}
		String run = this.importing.publish(connection, file.lines(), reports, person).value();
		return ResponseEntity.accepted()
			.location(URI.create("/api/connections/%s/runs/%s".formatted(id, run)))
			.body(Body.of(file, run, reports));
	}

	/** The body; what follows may block, so it is not on an event loop. */
	private static Mono<byte[]> bytes(ServerHttpRequest request) {
		return DataBufferUtils.join(request.getBody(), MOST_BYTES).map((joined) -> {
			byte[] bytes = new byte[joined.readableByteCount()];
			joined.read(bytes);
			DataBufferUtils.release(joined);
			return bytes;
		})
			.defaultIfEmpty(new byte[0])
			.onErrorMap(DataBufferLimitException.class,
					(tooLong) -> Problems.invalid("more than %d MB: cut the file in parts".formatted(MOST_BYTES >> 20)))
			.publishOn(Schedulers.boundedElastic());
	}

	/**
	 * What becomes of a file.
	 *
	 * @param run that imports it; null where nothing is imported
	 * @param encoding that it was read in
	 * @param separator of a CSV
	 * @param counts how many lines of each outcome
	 */
	record Body(@Nullable String run, String encoding, @Nullable String separator, Map<Outcome, Long> counts,
			List<Report> lines) {

		private static Body of(ImportFile file, @Nullable String run, List<Report> reports) {
			return new Body(run, file.encoding(), file.separator(),
					reports.stream().collect(Collectors.groupingBy(Report::outcome, Collectors.counting())), reports);
		}

	}

}
