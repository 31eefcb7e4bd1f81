package io.rollcall.planted.publishing.flow;

import org.reactivestreams.Publisher;

/** Planted. */
public interface Step {

	Publisher<String> planted();

}
