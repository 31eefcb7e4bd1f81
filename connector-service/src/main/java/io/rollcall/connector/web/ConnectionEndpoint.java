package io.rollcall.connector.web;

import java.net.URI;
import java.util.UUID;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.ConnectionLifecycle;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.Runs;
import io.rollcall.connector.web.ConnectionBody.Read;
import io.rollcall.connector.web.ConnectionBody.Written;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.run.RunMode;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Connections, for people. */
@RestController
@RequestMapping("/api/connections")
class ConnectionEndpoint {

	/** Who acts, until people log in. */
	private static final String BY = "api";

	private static final int MOST_RUNS = 200;

	private final ConnectionLifecycle lifecycle;

	private final Connections connections;

	private final Runs runs;

	ConnectionEndpoint(ConnectionLifecycle lifecycle, Connections connections, Runs runs) {
		this.lifecycle = lifecycle;
		this.connections = connections;
		this.runs = runs;
	}

	@PostMapping
	Mono<ResponseEntity<Read>> create(@Valid @RequestBody Written body) {
		String id = (body.id() != null) ? body.id() : UUID.randomUUID().toString();
		return this.lifecycle.create(new ConnectionId(id), body.settings())
			.map((created) -> ResponseEntity.created(URI.create("/api/connections/" + created.id()))
				.body(Read.of(created)));
	}

	@GetMapping
	Flux<Read> all(@RequestParam(required = false) @Nullable String organization) {
		return this.connections.all()
			.filter((connection) -> organization == null || connection.organization().value().equals(organization))
			.map(Read::of);
	}

	@GetMapping("/{id}")
	Mono<Read> one(@PathVariable String id) {
		return find(id).map(Read::of);
	}

	@PutMapping("/{id}")
	Mono<Read> change(@PathVariable String id, @Valid @RequestBody Written body) {
		return this.lifecycle.change(new ConnectionId(id), body.settings()).map(Read::of);
	}

	@PostMapping("/{id}/activate")
	Mono<Read> activate(@PathVariable String id) {
		return this.lifecycle.activate(new ConnectionId(id), BY).map(Read::of);
	}

	@PostMapping("/{id}/pause")
	Mono<Read> pause(@PathVariable String id) {
		return this.lifecycle.pause(new ConnectionId(id)).map(Read::of);
	}

	@PostMapping("/{id}/deactivate")
	Mono<Read> deactivate(@PathVariable String id) {
		return this.lifecycle.deactivate(new ConnectionId(id)).map(Read::of);
	}

	@PostMapping("/{id}/runs")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<Void> run(@PathVariable String id, @RequestBody RunRequest request) {
		if (request.mode() == RunMode.EVALUATION) {
			throw new IllegalArgumentException("The connector runs FULL and DELTA; evaluations are the reconciler's");
		}
		return this.lifecycle.requestRun(new ConnectionId(id), request.mode(), BY);
	}

	@GetMapping("/{id}/runs")
	Flux<Runs.Entry> runs(@PathVariable String id, @RequestParam(defaultValue = "50") int limit) {
		return find(id).flatMapMany((connection) -> this.runs.newest(connection.id(), Math.clamp(limit, 1, MOST_RUNS)));
	}

	@PostMapping("/{id}/people/{object}/sync")
	@ResponseStatus(HttpStatus.ACCEPTED)
	Mono<Void> syncPerson(@PathVariable String id, @PathVariable String object) {
		return this.lifecycle.syncPerson(new ConnectionId(id), new ObjectId(object), BY);
	}

	private Mono<Connection> find(String id) {
		return this.lifecycle.find(new ConnectionId(id));
	}

	/** Which run is wanted. */
	record RunRequest(RunMode mode) {

		RunRequest {
			if (mode == null) {
				throw new IllegalArgumentException("mode must be FULL or DELTA");
			}
		}

	}

}
