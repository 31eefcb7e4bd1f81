package io.rollcall.reconciler.rules;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What a decision reads of the containers that somebody is in. */
public interface Containers {

	/** Nothing was read of any. */
	Containers UNREAD = new Containers() {

		@Override
		public @Nullable Facts facts(Container container) {
			return null;
		}

		@Override
		public @Nullable Set<Container> above(Container container) {
			return null;
		}

	};

	/** A container's facts; null where nothing was observed of it. */
	@Nullable Facts facts(Container container);

	/**
	 * The living groups that a group counts as a member of, and those that they do, and
	 * so on; null where that is not known yet.
	 */
	@Nullable Set<Container> above(Container container);

	/**
	 * Whether members of a container that rules name are hidden from us, its own or those
	 * of groups in it: whoever is not seen in it may be in it.
	 */
	default boolean isHidden(Container container) {
		return false;
	}

}
