package io.rollcall.reconciler.flow.view;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Some of many, in a fixed order.
 *
 * @param next what to ask for to get those after these; null when there are none
 */
public record Page<T>(List<T> items, @Nullable String next) {

	public Page {
		items = List.copyOf(items);
	}

}
