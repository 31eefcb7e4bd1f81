package io.rollcall.reconciler.rules;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;

/** A directory object of one connection: what facts are kept by. */
public record ObjectKey(ConnectionId connection, ObjectId object) {

	/** The key as it is in records and documents: {@code connection:object}. */
	@Override
	public String toString() {
		return this.connection.value() + ":" + this.object.value();
	}

}
