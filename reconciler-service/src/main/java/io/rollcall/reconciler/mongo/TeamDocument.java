package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.List;

import io.rollcall.reconciler.flow.Pending;
import io.rollcall.reconciler.rules.Team;

/** A team as it is stored. */
record TeamDocument(Team team, List<Pending> pending, Instant updatedAt) {

	String id() {
		return this.team.organization() + ":" + this.team.id();
	}

}
