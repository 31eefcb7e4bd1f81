package io.rollcall.reconciler.flow.coordinate;

/**
 * A document as it was read or written last.
 *
 * @param version 0 while it was never stored; each write is conditional on it
 */
public record Versioned<T>(long version, T value) {

	Versioned<T> with(T changed) {
		return new Versioned<>(this.version, changed);
	}

}
