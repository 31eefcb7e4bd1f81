package io.rollcall.connector.graph;

import java.util.Locale;

import io.rollcall.model.directory.ObjectKind;

/** What {@code @odata.type} says an object is; Graph is not consistent in its case. */
final class Kinds {

	private Kinds() {
	}

	static ObjectKind ofType(String type) {
		return switch (type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
			case "user" -> ObjectKind.USER;
			case "group" -> ObjectKind.GROUP;
			case "administrativeunit" -> ObjectKind.ADMINISTRATIVE_UNIT;
			default -> ObjectKind.OTHER;
		};
	}

}
