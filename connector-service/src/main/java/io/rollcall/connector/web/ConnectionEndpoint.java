package io.rollcall.connector.web;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.ConnectionLifecycle.Settings;
import io.rollcall.connector.flow.connection.Refused;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
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

	ConnectionEndpoint(ConnectionLifecycle lifecycle, Connections connections, SyncStates states) {
		this.lifecycle = lifecycle;
		this.connections = connections;
		this.states = states;
	}

	@PostMapping
	ResponseEntity<Read> create(@Valid @RequestBody Written body) {
		String id = (body.id() != null) ? body.id() : UUID.randomUUID().toString();
		Read created = read(this.lifecycle.create(new ConnectionId(id), body.settings()));
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
		return read(this.lifecycle.change(new ConnectionId(id), body.settings()));
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

	/** As problem details (RFC 9457). */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> refused(Refused refused) {
		HttpStatus status = switch (refused.why()) {
			case NO_SUCH_CONNECTION -> HttpStatus.NOT_FOUND;
			case NOT_NOW -> HttpStatus.CONFLICT;
			case TOO_SOON -> HttpStatus.TOO_MANY_REQUESTS;
			case INVALID -> HttpStatus.BAD_REQUEST;
		};
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
		Duration interval = refused.interval();
		if (interval != null) {
			answer.header("Retry-After", Long.toString(interval.toSeconds()));
		}
		return answer.body(ProblemDetail.forStatusAndDetail(status, refused.getMessage()));
	}

	private Read read(Connection connection) {
		return Read.of(connection, this.states.find(connection.id()));
	}

	/**
	 * What is written.
	 *
	 * @param id a new connection's, by choice; random if it is missing
	 * @param clientSecret missing leaves a stored one as it is
	 */
	record Written(@Nullable String id, @NotBlank @Size(max = 128) String organization,
			@NotBlank @Size(max = 200) String name, @NotBlank @Size(max = 200) String tenant,
			@NotBlank @Size(max = 200) String clientId, @Nullable @Size(max = 2000) String clientSecret,
			@Nullable Schedule schedule) {

		Settings settings() {
			String said = this.clientSecret;
			return new Settings(this.organization, this.name, this.tenant, this.clientId,
					(said != null && !said.isBlank()) ? new Secret(said) : null, this.schedule);
		}

		@Override
		public String toString() {
			return "connection " + this.id + " (" + this.name + ")";
		}

	}

	/**
	 * What is read: everything but the secrets.
	 *
	 * @param problem why it cannot be read at the moment
	 * @param readAt when Graph last gave something
	 */
	record Read(String id, String organization, String name, String source, String tenant, String clientId,
			boolean hasSecret, @Nullable Schedule schedule, ConnectionStatus status, @Nullable Problem problem,
			@Nullable Instant readAt, Instant createdAt, Instant updatedAt) {

		static Read of(Connection connection, @Nullable SyncState state) {
			SyncState.Failing failing = (state != null) ? state.position().failing() : null;
			return new Read(connection.id().value(), connection.organization().value(), connection.name(),
					connection.source().value(), connection.tenant(), connection.clientId(),
					connection.clientSecret() != null, connection.schedule(), connection.status(),
					(failing != null) ? failing.problem() : null, (state != null) ? state.position().readAt() : null,
					connection.createdAt(), connection.updatedAt());
		}

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
