package io.rollcall.connector.flow;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import org.jspecify.annotations.Nullable;

/** One thing that a page of Graph says, in the order in which it says it. */
public sealed interface Item {

	/** An object and its attributes. */
	record Seen(ObjectId object, ObjectKind kind, Attributes attributes) implements Item {
	}

	/** An object that is gone. */
	record Gone(ObjectId object, ObjectKind kind, Removal reason) implements Item {
	}

	/** A member that a container has or has no longer. */
	record Member(ObjectId container, ObjectKind containerKind, ObjectId member, ObjectKind kind,
			boolean present) implements Item {
	}

	/** A user's manager, or that there is none. */
	record Manager(ObjectId user, @Nullable ObjectId manager) implements Item {
	}

}
