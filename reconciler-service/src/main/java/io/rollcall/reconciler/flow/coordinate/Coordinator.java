package io.rollcall.reconciler.flow.coordinate;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.reconciler.flow.coordinate.Coordinations.Known;
import io.rollcall.reconciler.flow.coordinate.Coordinations.Told;

/**
 * Coordinates the connections of the progress partitions that are assigned here. What
 * comes is only stored; everything else is done by the connections' loops.
 */
public final class Coordinator implements AutoCloseable {

	private final Ports ports;

	private final Map<Known, ConnectionLoop> loops = new HashMap<>();

	public Coordinator(Ports ports) {
		this.ports = ports;
	}

	/** Takes over what is to be done for the connections of some partitions. */
	public void assigned(Collection<Integer> partitions) {
		this.ports.coordinations().of(partitions).forEach(this::wake);
	}

	/** Somebody else coordinates the connections of these partitions now. */
	public synchronized void revoked(Collection<Integer> partitions) {
		this.loops.forEach((known, loop) -> {
			if (partitions.contains(known.partition())) {
				loop.stop();
			}
		});
		this.loops.keySet().removeIf((known) -> partitions.contains(known.partition()));
	}

	/** Stores what was told. */
	public void received(List<Told> told) {
		this.ports.coordinations().add(told);
		told.stream().map(Told::of).distinct().forEach(this::wake);
	}

	/** What was told of a partition's connections before a place was lost. */
	public void lost(int partition, Position before) {
		received(this.ports.coordinations()
			.of(Set.of(partition))
			.stream()
			.map((known) -> new Told(known, before, null))
			.toList());
	}

	private synchronized void wake(Known known) {
		this.loops.computeIfAbsent(known, (_) -> {
			ConnectionLoop loop = new ConnectionLoop(this.ports, known);
			loop.start();
			return loop;
		}).wake();
	}

	@Override
	public synchronized void close() {
		this.loops.values().forEach(ConnectionLoop::stop);
		this.loops.clear();
	}

}
