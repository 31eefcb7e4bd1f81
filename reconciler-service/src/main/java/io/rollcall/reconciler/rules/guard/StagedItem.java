package io.rollcall.reconciler.rules.guard;

import java.util.Objects;

import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RunEvent.GuardedKind;

/**
 * One thing that waits to be taken away.
 *
 * @param object the directory object under whose key it is released: a user or a group
 * @param kind what the guard counts it as
 * @param what which of the object's staged things it is, such as {@code leaver} or
 * {@code team:engineering}
 * @param run the run that staged it: staged again by a later run, it is another item
 * @param counted whether it counts against the limit; the memberships that go with a
 * leaver do not
 */
public record StagedItem(ObjectId object, GuardedKind kind, String what, RunId run, boolean counted) {

	/** No id holds white space. */
	private static final String SEPARATOR = " ";

	/** The item as text, the same wherever it is written. */
	public String text() {
		return String.join(SEPARATOR, this.kind.name(), this.object.value(), this.what, this.run.value(),
				this.counted ? "1" : "0");
	}

	/** An item of its text. */
	public static StagedItem parse(String text) {
		String[] parts = text.split(SEPARATOR, 5);
		if (parts.length != 5) {
			throw new IllegalArgumentException("'" + text + "' is not a staged item");
		}
		return new StagedItem(new ObjectId(parts[1]), GuardedKind.valueOf(parts[0]), parts[2], new RunId(parts[3]),
				Objects.equals(parts[4], "1"));
	}

}
