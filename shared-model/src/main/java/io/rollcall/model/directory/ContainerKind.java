package io.rollcall.model.directory;

/** What an object can be in. */
public enum ContainerKind {

	/** A group of any sort; its members are users and groups. */
	GROUP,
	/** An administrative unit. */
	ADMINISTRATIVE_UNIT,
	/** The reports of a manager: the container's id is the manager's. */
	MANAGER

}
