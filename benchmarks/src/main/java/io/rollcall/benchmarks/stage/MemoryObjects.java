package io.rollcall.benchmarks.stage;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.FactsWrite;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Group;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.TeamChanges;
import reactor.core.publisher.Mono;

/** Facts in memory. */
final class MemoryObjects implements DirectoryObjects {

	private final Tape tape;

	private final Map<ObjectKey, Facts> facts = new HashMap<>();

	private long written;

	MemoryObjects(Tape tape) {
		this.tape = tape;
	}

	/** How many documents were written, some of them several times. */
	long written() {
		return this.written;
	}

	@Override
	public Mono<Map<ObjectKey, Facts>> find(Collection<ObjectKey> objects) {
		this.tape.note((ports) -> ports.objects().find(objects));
		Map<ObjectKey, Facts> found = new HashMap<>();
		objects.forEach((key) -> {
			Facts known = this.facts.get(key);
			if (known != null) {
				found.put(key, known);
			}
		});
		return Mono.just(found);
	}

	@Override
	public Mono<Map<ObjectKey, Group>> groups(Collection<ObjectKey> groups) {
		this.tape.note((ports) -> ports.objects().groups(groups));
		Map<ObjectKey, Group> found = new HashMap<>();
		groups.forEach((key) -> {
			Facts known = this.facts.get(key);
			if (known != null) {
				found.put(key, TeamChanges.group(known));
			}
		});
		return Mono.just(found);
	}

	@Override
	public Mono<Void> write(List<FactsWrite> facts) {
		this.tape.note((ports) -> ports.objects().write(facts));
		this.written += facts.size();
		facts.forEach((write) -> this.facts.put(write.next().key(), write.next()));
		return Mono.empty();
	}

}
