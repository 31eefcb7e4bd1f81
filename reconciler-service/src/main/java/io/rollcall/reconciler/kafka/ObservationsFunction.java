package io.rollcall.reconciler.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.reconciler.flow.BadObservation;
import io.rollcall.reconciler.flow.Batch;
import io.rollcall.reconciler.flow.Reconciling;
import io.rollcall.reconciler.rules.Release;
import io.rollcall.support.kafka.BadRecordException;
import io.rollcall.support.kafka.Received;
import io.rollcall.support.kafka.ReceivedBatch;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * Hands polls of the observations topic to the flow. Returns when all of one is applied:
 * then its offsets are committed.
 */
final class ObservationsFunction implements Consumer<Message<List<byte[]>>> {

	/** Longer means that something hangs; the poll is then delivered again. */
	private static final Duration LONGEST = Duration.ofMinutes(2);

	private final Reconciling reconciling;

	ObservationsFunction(Reconciling reconciling) {
		this.reconciling = reconciling;
	}

	@Override
	public void accept(Message<List<byte[]>> message) {
		apply(ReceivedBatch.of(message));
	}

	private void apply(List<Received> records) {
		List<Batch.Entry> entries = new ArrayList<>(records.size());
		String bad = null;
		for (Received received : records) {
			bad = whatIsWrong(received);
			if (bad != null) {
				break;
			}
			entries.add(entry(received));
		}
		try {
			if (!entries.isEmpty()) {
				this.reconciling.apply(new Batch(entries)).block(LONGEST);
			}
		}
		catch (BadObservation failed) {
			int at = indexOf(failed, records);
			// Everything before it must have been applied, whatever was cut short.
			apply(records.subList(0, at));
			throw new BadRecordException(at, failed.reason());
		}
		if (bad != null) {
			throw new BadRecordException(entries.size(), bad);
		}
	}

	private static int indexOf(BadObservation failed, List<Received> records) {
		for (int i = 0; i < records.size(); i++) {
			if (failed.isAt(records.get(i).partition(), records.get(i).offset())) {
				return i;
			}
		}
		throw new IllegalStateException("a record that was not delivered failed", failed);
	}

	private static Batch.Entry entry(Received received) {
		Envelope<?> envelope = ((EventFormat.Reading.Known) received.reading()).envelope();
		return new Batch.Entry(received.partition(), received.offset(), envelope.bulk(),
				(Observation) envelope.event());
	}

	private static @Nullable String whatIsWrong(Received received) {
		return switch (received.reading()) {
			case EventFormat.Reading.Unreadable(String reason) -> reason;
			case EventFormat.Reading.Unknown(String type) ->
				"event type " + type + " is unknown here: it may be newer than this service, then redrive it later";
			case EventFormat.Reading.Known(Envelope<?> envelope) -> whatIsWrong(received, envelope);
		};
	}

	private static @Nullable String whatIsWrong(Received received, Envelope<?> envelope) {
		if (!(envelope.event() instanceof Observation observation)) {
			return envelope.event().getClass().getSimpleName() + " is no observation";
		}
		if (!observation.key().equals(received.key())) {
			return "the record's key is '%s' and must be '%s': its order is not certain".formatted(received.key(),
					observation.key());
		}
		if (observation instanceof StagedReleased released) {
			try {
				Release.parse(released.batch());
			}
			catch (IllegalArgumentException ex) {
				return "a release that cannot be read: " + ex.getMessage();
			}
		}
		return null;
	}

}
