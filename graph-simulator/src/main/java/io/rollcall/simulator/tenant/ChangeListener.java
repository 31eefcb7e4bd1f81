package io.rollcall.simulator.tenant;

/** Is told what Graph would send a notification about. */
public interface ChangeListener {

	/**
	 * An object changed.
	 * @param purged whether it is gone for good; everything else is {@code updated}
	 * @param millis when, in milliseconds since 1970
	 */
	void changed(Tenant tenant, ObjectRef object, boolean purged, long millis);

}
