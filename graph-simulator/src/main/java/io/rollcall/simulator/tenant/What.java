package io.rollcall.simulator.tenant;

/** What happened to an object, in the change log. */
public enum What {

	CREATED, ATTRIBUTES, MANAGER, DELETED, RESTORED, PURGED, MEMBER_ADDED, MEMBER_REMOVED

}
