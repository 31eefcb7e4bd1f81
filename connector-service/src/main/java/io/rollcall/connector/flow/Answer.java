package io.rollcall.connector.flow;

import io.rollcall.connector.rules.Failure;

/** What asking Graph gives: an answer, or a failure to be judged. */
public sealed interface Answer<T> {

	record Got<T>(T value) implements Answer<T> {
	}

	record Failed<T>(Failure failure) implements Answer<T> {
	}

}
