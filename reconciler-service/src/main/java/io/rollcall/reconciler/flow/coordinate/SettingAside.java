package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.time.Instant;

import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.coordinate.Coordination.SetAside;

/**
 * A connection whose records cannot be applied: it is passed over, tried with growing
 * pauses by a run that nobody is told of, and believed again after a FULL run.
 */
final class SettingAside {

	private static final Duration FIRST_PROBE = Duration.ofMinutes(5);

	private static final Duration LAST_PROBE = Duration.ofHours(1);

	private final Owned owned;

	SettingAside(Owned owned) {
		this.owned = owned;
	}

	/**
	 * It is passed over from now on: whether it was not before. Its runs are cut off, but
	 * end when it was taken back: what they sent may be applied then, and is theirs.
	 */
	boolean begin(Progress.SettingAside told) {
		Coordination of = this.owned.coordination;
		SetAside before = of.setAside;
		Instant now = this.owned.now();
		this.owned.ports.connections().passOver(told.connection(), true);
		if (before == null) {
			of.setAside = new SetAside(told.at(), now.plus(FIRST_PROBE), null, FIRST_PROBE, told.problem());
		}
		else if (before.probeAt() == null) {
			Duration doubled = before.pause().multipliedBy(2);
			Duration pause = (doubled.compareTo(LAST_PROBE) < 0) ? doubled : LAST_PROBE;
			of.setAside = before.probedAt(now.plus(pause), pause);
		}
		return before == null;
	}

	/** Tries whether a connection that is passed over can be applied again. */
	boolean probe() {
		Coordination of = this.owned.coordination;
		SetAside aside = of.setAside;
		if (aside == null || aside.probeAt() == null || this.owned.now().isBefore(aside.probeAt())) {
			return false;
		}
		String cause = "probe:" + aside.probeAt();
		this.owned.begin(cause, RunMode.EVALUATION, RunTrigger.CONTAINER, null, null, true);
		this.owned.ports.connections().passOver(of.connection, false);
		of.setAside = aside.probedBy(this.owned.runOf(cause));
		this.owned.save();
		return true;
	}

	/**
	 * The probe was applied: what was passed over is read again, and then everybody is
	 * decided again. Or it was cut off.
	 */
	void probed(Run probe) {
		Coordination of = this.owned.coordination;
		SetAside aside = of.setAside;
		if (aside == null || !probe.id().equals(aside.probe())) {
			return;
		}
		if (probe.abandoned) {
			of.setAside = aside.probedAt(this.owned.now().plus(aside.pause()), aside.pause());
		}
		else {
			this.owned.resync(probe.id() + ":resync");
			for (Run run : this.owned.runs()) {
				if (run != probe && run.isCutOffWithItsRecords()) {
					run.cutOff(aside.problem());
					this.owned.save(run);
				}
			}
			of.setAside = aside.probedAt(null, aside.pause());
		}
		this.owned.save();
	}

	/** All of it was read and applied since it was taken back: now that is believed. */
	void tellTakenBack(Run full) {
		Coordination of = this.owned.coordination;
		if (of.setAside != null && !of.passedOver()) {
			this.owned.tell(full.id() + ":taken-back",
					new RunEvent.ConnectionTakenBack(of.organization, of.connection, this.owned.now()));
			of.setAside = null;
			this.owned.save();
		}
	}

}
