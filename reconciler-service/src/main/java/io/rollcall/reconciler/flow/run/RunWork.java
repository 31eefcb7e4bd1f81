package io.rollcall.reconciler.flow.run;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

import io.rollcall.model.run.ApplyCounts;
import io.rollcall.model.run.RunEvent.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * How far the reconciler is with a run; stored whole, and only over the {@code revision}
 * it was read with.
 *
 * @param chunk the number of the chunk that is worked on, rising through all phases
 * @param cursor where the phase goes on, or null at its start
 * @param touched the partitions that this phase has published to
 * @param gathered what is staged for the connection
 * @param released the kinds that the guard let through
 * @param held how much it held
 * @param note what a person should know about this run
 * @param completed what the run did in the end
 */
public record RunWork(long revision, RunPhase phase, long chunk, @Nullable String cursor, Set<Integer> touched,
		Gathered gathered, Set<GuardedKind> released, long held, @Nullable String note, @Nullable Completed completed) {

	/** Before anything was done. */
	public static final RunWork NONE = new RunWork(0, RunPhase.READING, 0, null, Set.of(), Gathered.NONE, Set.of(), 0,
			null, null);

	public RunWork {
		touched = Set.copyOf(touched);
		released = Set.copyOf(released);
	}

	/** At the start of another phase, in the same chunk. */
	public RunWork enter(RunPhase next) {
		return with(next, this.chunk, null, Set.of());
	}

	/** Waiting for the markers of what this phase published. */
	public RunWork await(RunPhase next) {
		return with(next, this.chunk, null, this.touched);
	}

	/** In the same phase, one chunk on. */
	public RunWork next(String after) {
		return with(this.phase, this.chunk + 1, after, this.touched);
	}

	/** With more partitions touched. */
	public RunWork touching(Set<Integer> partitions) {
		Set<Integer> all = new TreeSet<>(this.touched);
		all.addAll(partitions);
		return with(this.phase, this.chunk, this.cursor, all);
	}

	/** With more gathered. */
	public RunWork gathering(Gathered more) {
		return new RunWork(this.revision, this.phase, this.chunk, this.cursor, this.touched, more, this.released,
				this.held, this.note, this.completed);
	}

	/** With the guard's answer. */
	public RunWork judged(Set<GuardedKind> through, long waiting) {
		return new RunWork(this.revision, this.phase, this.chunk, this.cursor, this.touched, this.gathered, through,
				waiting, this.note, this.completed);
	}

	/** With something a person should know. */
	public RunWork noting(String words) {
		return new RunWork(this.revision, this.phase, this.chunk, this.cursor, this.touched, this.gathered,
				this.released, this.held, words, this.completed);
	}

	/** Done, but for saying so. */
	public RunWork done(Instant at, ApplyCounts applied) {
		return new RunWork(this.revision, RunPhase.COMPLETING, this.chunk, null, Set.of(), this.gathered, this.released,
				this.held, this.note, new Completed(at, applied));
	}

	private RunWork with(RunPhase phase, long chunk, @Nullable String cursor, Set<Integer> touched) {
		return new RunWork(this.revision, phase, chunk, cursor, touched, this.gathered, this.released, this.held,
				this.note, this.completed);
	}

	/**
	 * When the run ended and what it did; kept, so that it is told the same each time.
	 */
	public record Completed(Instant at, ApplyCounts applied) {
	}

}
