package io.rollcall.reconciler.flow.loss;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.run.RunEnvelopes;
import reactor.core.publisher.Mono;

/**
 * Tells people of lost observations and has everything read again. Nobody knows whose
 * they were, so it concerns every connection. It is told for each partition, by each
 * instance, and again after a crash: ids are of the day, so that people hear of it once;
 * requests are of ten minutes, so that one FULL run answers them all and a loss later in
 * the day has another.
 */
public final class LostObservations {

	private static final long TOGETHER_SECONDS = 600;

	private static final Problem PROBLEM = new Problem(Problem.Code.RETENTION_EXCEEDED,
			"Records of %s were deleted before they had been applied.".formatted(Topics.OBSERVATIONS),
			"Nothing has to be done for the data, a full sync begins by itself; but find out why the reconciler stood "
					+ "still for longer than the topic keeps its records.",
			false);

	private final KnownConnections connections;

	private final Outbound outbound;

	public LostObservations(KnownConnections connections, Outbound outbound) {
		this.connections = connections;
		this.outbound = outbound;
	}

	/** Ends when all of it is acknowledged; harmless again. */
	public Mono<Void> noticed(Instant at) {
		return this.connections.all().concatMap((known) -> tell(known, at)).then();
	}

	private Mono<Void> tell(KnownConnections.Known known, Instant at) {
		ConnectionId connection = known.connection();
		LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
		Instant together = Instant.ofEpochSecond(at.getEpochSecond() - at.getEpochSecond() % TOGETHER_SECONDS);
		return this.outbound.events(List.of(
				RunEnvelopes.event(connection + ":resync:" + together, at,
						new Hint.ResyncRequested(connection, PROBLEM.message(), together)),
				RunEnvelopes.event(connection + ":records-lost:" + day, at,
						new RunEvent.RecordsLost(known.organization(), connection, PROBLEM, at))));
	}

}
