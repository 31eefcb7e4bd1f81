package io.rollcall.connector.rules;

import java.util.List;

import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * What has a delta chain of its own, in the order in which a FULL run reads them: users
 * last, so that the edges are there when a user is decided.
 */
public enum Resource {

	UNITS(ObjectKind.ADMINISTRATIVE_UNIT), GROUPS(ObjectKind.GROUP), USERS(ObjectKind.USER);

	/** All of them, in reading order. */
	public static final List<Resource> ALL = List.of(values());

	private final ObjectKind kind;

	Resource(ObjectKind kind) {
		this.kind = kind;
	}

	public ObjectKind kind() {
		return this.kind;
	}

	/** The resource that has objects of a kind; null for a kind that is not read. */
	public static @Nullable Resource of(ObjectKind kind) {
		return ALL.stream().filter((each) -> each.kind == kind).findFirst().orElse(null);
	}

	/**
	 * Whether Graph offers change notifications for it; administrative units are only
	 * polled.
	 */
	public boolean hasHints() {
		return this != UNITS;
	}

	/**
	 * The chains that a hint about an object of this kind makes dirty; all of them when
	 * the kind is not known.
	 */
	public static List<Resource> dirtiedBy(ObjectKind kind) {
		return switch (kind) {
			case USER -> List.of(USERS);
			case GROUP -> List.of(GROUPS);
			case ADMINISTRATIVE_UNIT -> List.of(UNITS);
			case OTHER -> ALL;
		};
	}

}
