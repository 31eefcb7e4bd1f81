package io.rollcall.reconciler.rules.scope;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ContainerKind;
import org.jspecify.annotations.Nullable;

/** The directory user that a scope is asked about. */
public interface Candidate {

	ObjectId object();

	Attributes attributes();

	/** How it went away; null while the directory has it. */
	@Nullable Reason departure();

	/** Whether a person said never to sync it. */
	boolean ignored();

	/**
	 * Whether it is a member of a container that is there.
	 * @param nested whether a member of a group in it, or of one in that, is one too
	 */
	Answer isIn(ContainerKind kind, ObjectId container, boolean nested);

}
