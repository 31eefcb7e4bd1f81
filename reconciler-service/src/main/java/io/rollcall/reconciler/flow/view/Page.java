package io.rollcall.reconciler.flow.view;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Some of many, in a fixed order.
 *
 * @param next what to ask for to get those after these; null when there are none. There
 * may be more behind a page that is not full: then looking further took too long.
 */
public record Page<T>(List<T> items, @Nullable String next) {

	public Page {
		items = List.copyOf(items);
	}

	/** The same page of something else. */
	public <R> Page<R> map(Function<T, R> each) {
		return new Page<>(this.items.stream().map(each).toList(), this.next);
	}

}
