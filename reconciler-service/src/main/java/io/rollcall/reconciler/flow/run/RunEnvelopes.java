package io.rollcall.reconciler.flow.run;

import java.time.Instant;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.DecideRequested;
import io.rollcall.model.directory.Observation.HeldSetJudged;
import io.rollcall.model.directory.Observation.IgnoreRequested;
import io.rollcall.model.directory.Observation.ManualMemberRequested;
import io.rollcall.model.directory.Observation.ObjectUnseen;
import io.rollcall.model.directory.Observation.Reading;
import io.rollcall.model.directory.Observation.RunContinued;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;

/**
 * The envelopes of what the reconciler publishes besides changes; ids are made of what
 * the record says, so that a record published twice has one id.
 */
public final class RunEnvelopes {

	static final String SOURCE = "/rollcall/reconciler";

	private RunEnvelopes() {
	}

	/** A record for an object's owner or about a run; its time is its run's own. */
	public static <E extends Observation> Envelope<E> of(E record, boolean bulk) {
		return new Envelope<>(record.connection() + ":" + name(record), SOURCE, Instant.EPOCH, bulk, null, record);
	}

	/** Any other event, with an id that its publisher makes. */
	public static <E extends Event> Envelope<E> event(String id, Instant at, E event) {
		return Envelope.of(id, SOURCE, at, event);
	}

	private static String name(Observation record) {
		return switch (record) {
			case RunMarker marker -> "%s:%s:%d".formatted(marker.run(), marker.phase(), marker.partition());
			case RunContinued chunk -> "%s:%s:%d".formatted(chunk.run(), chunk.step(), chunk.chunk());
			case HeldSetJudged judged -> "%s:judged:%s".formatted(judged.hash(), judged.approved());
			case ObjectUnseen unseen -> "%s:unseen:%s".formatted(unseen.run(), unseen.object());
			case StagedReleased released ->
				"%s:released:%s:%s".formatted(released.run(), released.object(), released.batch());
			case DecideRequested decide -> "%s:decide:%s".formatted(decide.run(), decide.object());
			case IgnoreRequested command -> command.command();
			case ManualMemberRequested command -> command.command();
			case Reading reading -> reading.run() + ":" + reading.stamp();
		};
	}

}
