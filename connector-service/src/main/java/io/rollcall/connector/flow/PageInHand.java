package io.rollcall.connector.flow;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.rollcall.connector.rules.RunInHand;
import io.rollcall.model.directory.Observation;

/**
 * A page that is being published, of a long run in slices: between two of them the lane
 * may wait for the reconciler, and other lanes go on. Its link is saved when all of it is
 * acknowledged; a crash before publishes all of it again.
 *
 * @param published how many of its readings are acknowledged
 * @param touched the partitions that they are on
 */
record PageInHand(RunInHand run, Fetched fetched, Page page, Readings readings, int published,
		SortedSet<Integer> touched) {

	/** A page of which nothing is published yet. */
	PageInHand(RunInHand run, Fetched fetched, Page page, Readings readings) {
		this(run, fetched, page, readings, 0, new TreeSet<>());
	}

	/** The readings that are published next, so many at most. */
	List<Observation.Reading> slice(int most) {
		List<Observation.Reading> all = this.readings.list();
		return all.subList(this.published, Math.min(all.size(), this.published + most));
	}

	PageInHand after(List<Observation.Reading> slice, SortedSet<Integer> partitions) {
		SortedSet<Integer> all = new TreeSet<>(this.touched);
		all.addAll(partitions);
		return new PageInHand(this.run, this.fetched, this.page, this.readings, this.published + slice.size(), all);
	}

	boolean isPublished() {
		return this.published == this.readings.list().size();
	}

	/** Whether this is the page that a run goes on with. */
	boolean is(RunInHand other, String link) {
		return this.run.id().equals(other.id()) && this.fetched.link().equals(link);
	}

}
