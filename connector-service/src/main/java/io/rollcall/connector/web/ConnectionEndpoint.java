package io.rollcall.connector.web;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.credential.Credentials;
import io.rollcall.connector.web.ConnectionBody.Read;
import io.rollcall.connector.web.ConnectionBody.Written;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.run.RunMode;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

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

	private final ConnectionLifecycle lifecycle;

	private final Connections connections;

	private final SyncStates states;

	private final Credentials credentials;

	ConnectionEndpoint(ConnectionLifecycle lifecycle, Connections connections, SyncStates states,
			Credentials credentials) {
		this.lifecycle = lifecycle;
		this.connections = connections;
		this.states = states;
		this.credentials = credentials;
	}

	@PostMapping
	ResponseEntity<Read> create(@Valid @RequestBody Written body) {
		ConnectionId id = new ConnectionId((body.id() != null) ? body.id() : UUID.randomUUID().toString());
		Read created = read(this.lifecycle.create(id, body.settings(id, this.credentials)));
		return ResponseEntity.created(URI.create("/api/connections/" + created.id())).body(created);
	}

	@GetMapping
	List<Read> all(@RequestParam(required = false) @Nullable String organization) {
		return this.connections.all()
			.stream()
			.filter((connection) -> organization == null || connection.organization().value().equals(organization))
			.map(this::read)
			.toList();
	}

	@GetMapping("/{id}")
	Read one(@PathVariable String id) {
		return read(this.lifecycle.find(new ConnectionId(id)));
	}

	@PutMapping("/{id}")
	Read change(@PathVariable String id, @Valid @RequestBody Written body) {
		ConnectionId connection = new ConnectionId(id);
		Connection changed = this.lifecycle.change(connection, body.settings(connection, this.credentials));
		if (changed.credential() != null) {
			this.credentials.used(connection, changed.credential());
		}
		return read(changed);
	}

	@PostMapping("/{id}/activate")
	Read activate(@PathVariable String id) {
		return read(this.lifecycle.activate(new ConnectionId(id), BY));
	}

	@PostMapping("/{id}/pause")
	Read pause(@PathVariable String id) {
		return read(this.lifecycle.pause(new ConnectionId(id), BY));
	}

	@PostMapping("/{id}/deactivate")
	Read deactivate(@PathVariable String id) {
		return read(this.lifecycle.deactivate(new ConnectionId(id), BY));
	}

	@PostMapping("/{id}/runs")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void run(@PathVariable String id, @RequestBody RunRequest request) {
		this.lifecycle.requestRun(new ConnectionId(id), request.mode(), BY);
	}

	@PostMapping("/{id}/people/{object}/sync")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void syncPerson(@PathVariable String id, @PathVariable String object) {
		this.lifecycle.syncPerson(new ConnectionId(id), new ObjectId(object), BY);
	}

	private Read read(Connection connection) {
		return Read.of(connection, this.states.find(connection.id()));
	}

	/** Which run is wanted. */
	record RunRequest(RunMode mode) {

		RunRequest {
			if (mode != RunMode.FULL && mode != RunMode.DELTA) {
				throw new IllegalArgumentException("mode must be FULL or DELTA");
			}
		}

	}

}
