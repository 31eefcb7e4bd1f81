package io.rollcall.reconciler.flow.coordinate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RunEvent;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is owned here: its documents as they are stored, and the ports.
 * Nothing is changed here before it is stored.
 */
final class Owned {

	static final String SOURCE = "/rollcall/reconciler";

	final Ports ports;

	private final Map<RunId, Versioned<Run>> runs = new LinkedHashMap<>();

	private Versioned<Coordination> coordination;

	Owned(Ports ports, Coordinations.Known known) {
		this.ports = ports;
		this.coordination = ports.coordinations().claim(known);
		ports.runs().open(known.connection()).forEach((run) -> this.runs.put(run.value().id(), run));
	}

	Coordination coordination() {
		return this.coordination.value();
	}

	ConnectionId connection() {
		return coordination().connection();
	}

	Instant now() {
		return this.ports.clock().instant();
	}

	void save(Coordination changed) {
		if (!changed.equals(coordination())) {
			this.coordination = this.ports.coordinations().save(this.coordination.with(changed));
		}
	}

	/** The open runs, the oldest first. */
	List<Run> runs() {
		return this.runs.values().stream().map(Versioned::value).toList();
	}

	@Nullable Run run(@Nullable RunId id) {
		Versioned<Run> run = (id != null) ? this.runs.get(id) : null;
		return (run != null) ? run.value() : null;
	}

	/** Stores a run as it is now; one that has ended is not looked at any more. */
	Run save(Run run) {
		Versioned<Run> before = this.runs.getOrDefault(run.id(), new Versioned<>(0, run));
		if (before.version() > 0 && before.value().equals(run)) {
			return run;
		}
		Versioned<Run> saved = this.ports.runs().save(before.with(run));
		if (run.open()) {
			this.runs.put(run.id(), saved);
		}
		else {
			this.runs.remove(run.id());
		}
		return run;
	}

	Run change(RunId id, UnaryOperator<Run> change) {
		return save(change.apply(Objects.requireNonNull(this.runs.get(id)).value()));
	}

	void remove(Run run) {
		this.ports.runs().remove(run);
		this.runs.remove(run.id());
	}

	/** Tells people; an event that is told again has the same id. */
	void tell(String id, RunEvent event) {
		this.ports.publications().events(Topics.RUNS, List.of(envelope(id, event)));
	}

	void hint(String id, Hint hint) {
		this.ports.publications().events(Topics.HINTS, List.of(envelope(id, hint)));
	}

	<E extends Event> Envelope<E> envelope(String id, E event) {
		return Envelope.of(connection() + ":" + id, SOURCE, now(), event);
	}

	/** The same id for the same cause, however often it is asked. */
	RunId runOf(String cause) {
		return new RunId(
				UUID.nameUUIDFromBytes((connection() + ":" + cause).getBytes(StandardCharsets.UTF_8)).toString());
	}

}
