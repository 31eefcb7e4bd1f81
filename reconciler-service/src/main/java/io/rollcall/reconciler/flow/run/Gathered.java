package io.rollcall.reconciler.flow.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.rules.guard.SetTally;

/**
 * What is staged for a connection, as far as it was gathered.
 *
 * @param ledger the version of the organization's guard ledger when gathering began
 * @param sets one set a kind
 */
public record Gathered(long ledger, Map<GuardedKind, StagedSet> sets) {

	/** Nothing. */
	public static final Gathered NONE = new Gathered(0, Map.of());

	public Gathered {
		sets = Map.copyOf(sets);
	}

	/** Nothing yet, against a version of the ledger. */
	public static Gathered since(long ledger) {
		return new Gathered(ledger, Map.of());
	}

	/** The set of a kind, perhaps empty. */
	public StagedSet of(GuardedKind kind) {
		return this.sets.getOrDefault(kind, StagedSet.NONE);
	}

	public boolean isEmpty() {
		return this.sets.isEmpty();
	}

	/** Every stored page of every kind. */
	public List<String> pages() {
		return this.sets.values().stream().flatMap((set) -> set.pages().stream()).toList();
	}

	/** With one page more. */
	public Gathered plus(StagedPage page) {
		Map<GuardedKind, StagedSet> all = new EnumMap<>(GuardedKind.class);
		all.putAll(this.sets);
		all.put(page.kind(), of(page.kind()).plus(page));
		return new Gathered(this.ledger, all);
	}

	/**
	 * One kind's items: their tally, and the ids of the pages they are stored in, in
	 * order.
	 */
	public record StagedSet(SetTally tally, List<String> pages) {

		/** Nothing. */
		public static final StagedSet NONE = new StagedSet(SetTally.NONE, List.of());

		public StagedSet {
			pages = List.copyOf(pages);
		}

		StagedSet plus(StagedPage page) {
			SetTally sum = this.tally;
			for (var item : page.items()) {
				sum = sum.plus(item);
			}
			List<String> more = new ArrayList<>(this.pages);
			more.add(page.id());
			return new StagedSet(sum, more);
		}

	}

}
