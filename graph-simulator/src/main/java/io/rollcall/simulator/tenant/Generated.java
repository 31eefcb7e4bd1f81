package io.rollcall.simulator.tenant;

import org.jspecify.annotations.Nullable;

/** Attributes that are computed from an object's index. */
interface Generated {

	/** The value, or null if this object never had one. */
	@Nullable Object value(int index, Attribute attribute);

}
