package io.rollcall.reconciler.rules;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.model.run.RunEvent.GuardedKind;

/**
 * What the guard lets through of one account or team: the kinds, as staged up to a
 * version of the document. Travels as {@code StagedReleased.batch}, such as
 * {@code ACCOUNTS,MEMBERSHIPS@17}; what was staged later is not covered, so exactly what
 * was judged is applied.
 */
public record Release(Set<GuardedKind> kinds, long upToVersion) {

	public Release {
		kinds = Set.copyOf(kinds);
	}

	/**
	 * Reads a {@code StagedReleased.batch}.
	 * @throws IllegalArgumentException when it is not one
	 */
	public static Release parse(String batch) {
		int at = batch.indexOf('@');
		if (at < 1) {
			throw new IllegalArgumentException("'%s' is not kinds@version".formatted(batch));
		}
		Set<GuardedKind> kinds = Arrays.stream(batch.substring(0, at).split(","))
			.map(GuardedKind::valueOf)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(GuardedKind.class)));
		return new Release(kinds, Long.parseLong(batch.substring(at + 1)));
	}

	boolean covers(GuardedKind kind, long stagedVersion) {
		return this.kinds.contains(kind) && stagedVersion <= this.upToVersion;
	}

	@Override
	public String toString() {
		return this.kinds.stream().sorted().map(GuardedKind::name).collect(Collectors.joining(",")) + "@"
				+ this.upToVersion;
	}

}
