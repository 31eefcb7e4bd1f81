package io.rollcall.reconciler.flow.run;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Decisions being asked for over stored facts.
 *
 * @param id names it within its connection: started again, it goes on
 * @param groups whose members are asked for; empty for every object with attributes
 * @param run the run that led to it, if one did
 * @param marked whether it is a run of its own, which ends with markers
 * @param chunk rises with every chunk
 * @param cursor where it goes on, or null at its start
 * @param touched the partitions it has published to
 * @param ended whether everybody was asked for
 */
public record Evaluation(OrganizationId organization, ConnectionId connection, String id, List<ObjectId> groups,
		String reason, @Nullable RunId run, boolean marked, long chunk, @Nullable String cursor, Set<Integer> touched,
		boolean ended) {

	public Evaluation {
		groups = List.copyOf(groups);
		touched = Set.copyOf(touched);
	}

	/** This one with more partitions touched. */
	public Evaluation touching(Collection<Integer> partitions) {
		Set<Integer> all = new TreeSet<>(this.touched);
		all.addAll(partitions);
		return new Evaluation(this.organization, this.connection, this.id, this.groups, this.reason, this.run,
				this.marked, this.chunk, this.cursor, all, this.ended);
	}

	/** One chunk on. */
	public Evaluation next(String after) {
		return new Evaluation(this.organization, this.connection, this.id, this.groups, this.reason, this.run,
				this.marked, this.chunk + 1, after, this.touched, false);
	}

	/** Its end. */
	public Evaluation end() {
		return new Evaluation(this.organization, this.connection, this.id, this.groups, this.reason, this.run,
				this.marked, this.chunk, this.cursor, this.touched, true);
	}

}
