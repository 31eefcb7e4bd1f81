package io.rollcall.reconciler.rules;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.RunId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.directory.Observation.ManualMemberRequested;
import io.rollcall.model.run.RunEvent.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * One object about to be decided, with all that a decision may read.
 *
 * @param run the run that led here, if one did
 * @param releases what the guard let through of it
 * @param manual what people asked for its account, in order
 * @param groups the groups it is a member of, as far as they were observed
 */
public record Deciding(Rules rules, Facts facts, @Nullable RunId run, List<Release> releases,
		List<ManualMemberRequested> manual, List<Group> groups, Instant now) {

	public Deciding {
		releases = List.copyOf(releases);
		manual = List.copyOf(manual);
		groups = List.copyOf(groups);
	}

	Cause because(String reason) {
		return new Cause(this.facts.key().connection(), this.run, reason, this.rules.version(), null);
	}

	Cause because(String reason, String by) {
		return new Cause(this.facts.key().connection(), this.run, reason, this.rules.version(), by);
	}

	boolean released(GuardedKind kind, long stagedVersion) {
		return this.releases.stream().anyMatch((release) -> release.covers(kind, stagedVersion));
	}

}
