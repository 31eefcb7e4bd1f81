package io.rollcall.reconciler.rules;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import org.jspecify.annotations.Nullable;

/** A directory object of one connection: what facts are kept by. */
public record ObjectKey(ConnectionId connection, ObjectId object) {

	/** Objects differ nearly always, connections hardly ever. */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ObjectKey key && this.object.equals(key.object)
				&& this.connection.equals(key.connection);
	}

	@Override
	public int hashCode() {
		return this.object.hashCode();
	}

	/** The key as it is in records and documents: {@code connection:object}. */
	@Override
	public String toString() {
		return this.connection.value() + ":" + this.object.value();
	}

}
