package io.rollcall.simulator.tenant;

import java.util.Map;

/** Something that happens in a tenant, with everyone in it already named. */
public sealed interface Act {

	/** A user, group or unit comes into being. */
	record Create(Kind kind, Map<Attribute, Object> attributes) implements Act {
	}

	/** Attributes get other values; {@link Directory#CLEARED} takes one away. */
	record Change(ObjectRef object, Map<Attribute, Object> attributes) implements Act {
	}

	/** Into the recycle bin, from where it can be restored for 30 days. */
	record Delete(ObjectRef object) implements Act {
	}

	/** Out of the recycle bin again. */
	record Restore(ObjectRef object) implements Act {
	}

	/** Gone for good, from the recycle bin or at once. */
	record Purge(ObjectRef object) implements Act {
	}

	/** A user or group becomes a direct member. */
	record Join(ObjectRef member, ObjectRef container) implements Act {
	}

	/** A direct member no more. */
	record Leave(ObjectRef member, ObjectRef container) implements Act {
	}

	/**
	 * Somebody else leads this user, or nobody.
	 *
	 * @param manager the index of a user, or {@link Directory#NO_MANAGER}
	 */
	record Lead(int user, int manager) implements Act {
	}

}
