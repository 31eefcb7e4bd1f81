package io.rollcall.reconciler.kafka;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.reconciler.flow.apply.Outbound;
import io.rollcall.reconciler.flow.apply.Outbound.Message;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.support.kafka.LostRecords;

/**
 * What was observed and deleted before it was applied: every known connection reads
 * everything again, and people are told.
 */
public final class LostCells {

	private final Supplier<List<Connection>> connections;

	private final Outbound outbound;

	public LostCells(Supplier<List<Connection>> connections, Outbound outbound) {
		this.connections = connections;
		this.outbound = outbound;
	}

	public void lost(LostRecords lost) {
		readAgain(lost.topic() + ":" + lost.partition() + ":" + lost.to(),
				new Problem(Problem.Code.RECORDS_LOST, Map.of("topic", lost.topic()), false), lost.noticedAt());
	}

	/** The same for a database that was restored; told once an hour. */
	void restored(Instant at) {
		readAgain("restored:" + at.truncatedTo(ChronoUnit.HOURS),
				new Problem(Problem.Code.DATABASE_RESTORED, Map.of(), false), at);
	}

	private void readAgain(String cause, Problem problem, Instant at) {
		this.connections.get().forEach((connection) -> {
			String id = cause + ":" + connection.id();
			this.outbound.publish(List.of(
					Message.of(Topics.HINTS, "resync:" + id, at,
							new Hint.ResyncRequested(connection.source(), connection.id(), at)),
					Message.of(Topics.RUNS, "lost:" + id, at,
							new RunEvent.RecordsLost(connection.organization(), connection.id(), problem, at))));
		});
	}

}
