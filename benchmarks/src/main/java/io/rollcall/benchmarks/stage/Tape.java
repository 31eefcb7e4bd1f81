package io.rollcall.benchmarks.stage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.rollcall.reconciler.flow.Accounts;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.Teams;
import reactor.core.publisher.Mono;

/**
 * The calls that the reconciler made to its store, by consumer, so that the same calls
 * can be made to MongoDB afterwards.
 */
final class Tape {

	private final Map<Integer, List<Call>> calls = new LinkedHashMap<>();

	private int consumer;

	/** A call to one of the ports. */
	interface Call extends Function<Ports, Mono<?>> {

	}

	/** What the calls go to. */
	record Ports(DirectoryObjects objects, Accounts accounts, Teams teams) {
	}

	/** Calls from now on are this consumer's. */
	void on(int consumer) {
		this.consumer = consumer;
	}

	void note(Call call) {
		this.calls.computeIfAbsent(this.consumer, (key) -> new ArrayList<>()).add(call);
	}

	/** What was called, in order for each consumer. */
	Collection<List<Call>> calls() {
		return this.calls.values();
	}

}
