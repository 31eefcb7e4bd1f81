package io.rollcall.notifier.flow;

import java.util.List;

import reactor.core.publisher.Mono;

/** The alerts that other applications read. */
public interface Publications {

	/** Ends when all of them are acknowledged. */
	Mono<Void> publish(List<FiledAlert> alerts);

}
