package io.rollcall.reconciler.rules;

import io.rollcall.model.Reason;

/**
 * What becomes of an account whose directory user has no place here any more.
 *
 * @param deleted of a user that the directory does not have any more: soft-deleted,
 * purged, or not found by a FULL run
 * @param disabled of a user whose directory account is disabled, where such are out
 * @param outOfScope of a user that the rules, or a person, leave out
 */
public record Leavers(Choice deleted, Choice disabled, Choice outOfScope) {

	private static final Leavers STANDARD = new Leavers(Choice.DEACTIVATE, Choice.DEACTIVATE, Choice.DEACTIVATE);

	/** Every leaver is deactivated. */
	public static Leavers standard() {
		return STANDARD;
	}

	/** What becomes of whoever leaves for a reason. */
	public Choice of(Reason reason) {
		return switch (reason.code()) {
			case DELETED, PURGED, UNSEEN -> this.deleted;
			case DISABLED -> this.disabled;
			default -> this.outOfScope;
		};
	}

	/**
	 * What can become of an account. Whoever has left is not brought back by another
	 * choice.
	 */
	public enum Choice {

		/** It is deactivated, when the guard lets it. */
		DEACTIVATE,
		/** It is archived, when the guard lets it. */
		ARCHIVE,
		/** It stays until a person says that it goes. */
		QUEUE,
		/** It stays. */
		KEEP

	}

}
