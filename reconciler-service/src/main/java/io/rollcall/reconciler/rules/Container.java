package io.rollcall.reconciler.rules;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * What an object can be in: a group, a unit, or a manager's reports (the object is the
 * manager then).
 */
public record Container(ContainerKind kind, ObjectId object) {

	/**
	 * As it stands in documents: a letter for the kind and the id, such as {@code G42}.
	 */
	public String code() {
		return letter(this.kind) + this.object.value();
	}

	/** Reads a {@link #code()}. */
	public static Container parse(String code) {
		return new Container(kindOf(code), new ObjectId(code.substring(1)));
	}

	static String letter(ContainerKind kind) {
		return switch (kind) {
			case GROUP -> "G";
			case ADMINISTRATIVE_UNIT -> "A";
			case MANAGER -> "M";
		};
	}

	/** The kind of a code. */
	public static ContainerKind kindOf(String code) {
		return switch (code.charAt(0)) {
			case 'G' -> ContainerKind.GROUP;
			case 'A' -> ContainerKind.ADMINISTRATIVE_UNIT;
			case 'M' -> ContainerKind.MANAGER;
			default -> throw new IllegalArgumentException("'" + code + "' is no container");
		};
	}

	/** As what an object of a kind contains others; null when it cannot. */
	public static @Nullable ContainerKind of(ObjectKind kind) {
		return switch (kind) {
			case GROUP -> ContainerKind.GROUP;
			case ADMINISTRATIVE_UNIT -> ContainerKind.ADMINISTRATIVE_UNIT;
			case USER -> ContainerKind.MANAGER;
			case OTHER -> null;
		};
	}

}
