package io.rollcall.reconciler.rules.guard;

import java.util.Set;

import io.rollcall.model.ObjectId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.rules.Release;

/**
 * What is staged of one kind on one account or team. A newer version or another count
 * means that the staged things are others, so item and item are equal only when exactly
 * the same is meant.
 *
 * @param object the directory object under whose key it is released: a user or a group
 * @param set the set that it is judged with
 * @param kind what it is; the memberships that go with a leaver are judged with the
 * leaver
 * @param upTo the newest version of the account or team that staged any of it
 * @param count how many things it stands for
 */
public record StagedItem(ObjectId object, GuardedKind set, GuardedKind kind, long upTo, long count) {

	/** No id holds white space. */
	private static final String SEPARATOR = " ";

	/** How many count against the set's limit. */
	public long counted() {
		return (this.set == this.kind) ? this.count : 0;
	}

	/** What lets go of exactly this. */
	public Release release() {
		return new Release(Set.of(this.kind), this.upTo);
	}

	/** The item as text, the same wherever it is written. */
	public String text() {
		return String.join(SEPARATOR, this.set.name(), this.object.value(), this.kind.name(), Long.toString(this.upTo),
				Long.toString(this.count));
	}

	/** An item of its text. */
	public static StagedItem parse(String text) {
		String[] parts = text.split(SEPARATOR, 5);
		if (parts.length != 5) {
			throw new IllegalArgumentException("'" + text + "' is not a staged item");
		}
		return new StagedItem(new ObjectId(parts[1]), GuardedKind.valueOf(parts[0]), GuardedKind.valueOf(parts[2]),
				Long.parseLong(parts[3]), Long.parseLong(parts[4]));
	}

}
