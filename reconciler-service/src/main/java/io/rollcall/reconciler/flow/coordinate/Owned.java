package io.rollcall.reconciler.flow.coordinate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.apply.Outbound.Message;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is owned here: the working copies of its documents, and the ports.
 * After an error they may say what is not stored: then all is read again.
 */
final class Owned {

	final Ports ports;

	final Coordination coordination;

	private final Map<RunId, Run> runs = new LinkedHashMap<>();

	Owned(Ports ports, Coordinations.Known known) {
		this.ports = ports;
		this.coordination = ports.coordinations().claim(known);
		ports.runs().open(known.connection()).forEach(this::add);
	}

	ConnectionId connection() {
		return this.coordination.connection;
	}

	Instant now() {
		return this.ports.clock().instant();
	}

	void save() {
		this.ports.coordinations().save(this.coordination);
	}

	/** The open runs, the oldest first. */
	List<Run> runs() {
		return List.copyOf(this.runs.values());
	}

	/** An open run. */
	@Nullable Run run(@Nullable RunId id) {
		return (id != null) ? this.runs.get(id) : null;
	}

	/** A run, also one that has ended. */
	@Nullable Run find(RunId id) {
		Run open = run(id);
		return (open != null) ? open : this.ports.runs().find(connection(), id);
	}

	/** Begins a run of ours, unless there is or was one of that cause. */
	void begin(String cause, RunMode mode, RunTrigger trigger, @Nullable String by, @Nullable String set,
			boolean silent) {
		Coordination of = this.coordination;
		Run run = new Run(new Run.Head(of.organization, of.connection, runOf(cause), mode, trigger, by, Stamp.NONE,
				now(), set, silent), of.upTo);
		if (find(run.id()) == null) {
			add(run);
			save(run);
		}
	}

	void add(Run run) {
		this.runs.put(run.id(), run);
	}

	/** Stores a run as it is now; one that has ended is not looked at any more. */
	void save(Run run) {
		this.ports.runs().save(run);
		if (run.endedAt() != null) {
			this.runs.remove(run.id());
		}
	}

	void remove(Run run) {
		this.ports.runs().remove(run);
		this.runs.remove(run.id());
	}

	/** Tells people; an event that is told again has the same id. */
	void tell(String id, RunEvent event) {
		publish(Topics.RUNS, id, event);
	}

	void tellStart(Run run) {
		Run.Head of = run.head;
		tell(run.id() + ":started", new RunEvent.RunStarted(of.organization(), of.connection(), run.id(), of.mode(),
				of.trigger(), of.by(), of.at()));
	}

	/** Has the connector read all again. */
	void resync(String id) {
		if (this.coordination.source() != null) {
			publish(Topics.HINTS, id, new Hint.ResyncRequested(this.coordination.source(), connection(), now()));
		}
	}

	void publish(String topic, String id, Event event) {
		this.ports.outbound().publish(List.of(message(topic, id, event)));
	}

	Message message(String topic, String id, Event event) {
		return Message.of(topic, connection() + ":" + id, now(), event);
	}

	/** The partition of everything about an object. */
	int partitionOf(ObjectId object) {
		return this.ports.outbound().partitionOf(new ObjectKey(connection(), object));
	}

	/** The same id for the same cause, however often it is asked. */
	RunId runOf(String cause) {
		return new RunId(idOf(cause));
	}

	String idOf(String cause) {
		return UUID.nameUUIDFromBytes((connection() + ":" + cause).getBytes(StandardCharsets.UTF_8)).toString();
	}

}
