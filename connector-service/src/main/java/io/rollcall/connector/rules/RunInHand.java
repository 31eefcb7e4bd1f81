package io.rollcall.connector.rules;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * A run that has begun and not ended, as far as it came. Stored with every page, so that
 * a successor goes on where its predecessor stopped.
 *
 * @param startedWith the stamp before its first request
 * @param announced whether {@code RunStarted} was published; a run that was started by a
 * hint says so only when it finds something
 * @param pass 0 the first time over the resources; a FULL run goes over them again until
 * a pass finds nothing
 * @param found whether this pass found something
 * @param toRead the resources that this pass has still to read, the one in hand first
 * @param nextLink the page to read next, null at the start of a resource
 * @param links the delta links that this run was given, which count when it ends
 * @param asked what was known of each resource's hints when its latest round began
 * @param touched the partitions that have observations of this run
 * @param setAside how many objects and edges could not be published, as they had no
 * usable id
 */
public record RunInHand(RunId id, RunMode mode, RunTrigger trigger, @Nullable String by, Instant startedAt,
		Stamp startedWith, int selection, boolean announced, int pass, boolean found, List<Resource> toRead,
		@Nullable String nextLink, Map<Resource, String> links, Map<Resource, Asked> asked, SortedSet<Integer> touched,
		ReadCounts counts, int setAside) {

	/**
	 * A tenant that never rests must not keep a FULL run from ending: what comes later is
	 * found from its delta links.
	 */
	private static final int MOST_PASSES = 8;

	private static final int BULK_PAGES = 5;

	/** What was known of a resource's hints when its round began. */
	public record Asked(long hints, Instant at) {
	}

	/** A run that has read nothing yet. */
	public static RunInHand begin(RunId id, Step.StartRun start, Stamp startedWith, int selection, Instant now) {
		return new RunInHand(id, start.mode(), start.trigger(), start.by(), now, startedWith, selection, false, 0,
				false, start.resources(), null, Map.of(), Map.of(), new TreeSet<>(), ReadCounts.NONE, 0);
	}

	public Resource resource() {
		return this.toRead.getFirst();
	}

	public boolean isRead() {
		return this.toRead.isEmpty();
	}

	public boolean isFull() {
		return this.mode == RunMode.FULL;
	}

	/**
	 * Whether nobody needs to hear of it, as it found nothing and nobody asked for it.
	 */
	public boolean isSilent() {
		return this.trigger == RunTrigger.HINT && !this.announced;
	}

	/** Whether its changes belong into a digest and its pages have to wait their turn. */
	public boolean isBulk() {
		return this.trigger != RunTrigger.HINT || isLong();
	}

	/** Whether it reads so much that others would feel it. */
	public boolean isLong() {
		return isFull() || this.counts.pages() > BULK_PAGES;
	}

	/** The page to read next; null opens a new chain. */
	public @Nullable String link(Chain live) {
		if (this.nextLink != null) {
			return this.nextLink;
		}
		String known = this.links.get(resource());
		return (known != null || isFull()) ? known : live.deltaLink();
	}

	/** The version of the selection that its observations were read with. */
	public int selection(Chain live) {
		return isFull() ? this.selection : live.selection();
	}

	/** Notes, at the start of a resource, which hints its round will have served. */
	public RunInHand asking(Chain live, Instant now) {
		if (this.nextLink != null) {
			return this;
		}
		Map<Resource, Asked> noted = copy(this.asked);
		noted.put(resource(), new Asked(live.hints(), now));
		return new RunInHand(this.id, this.mode, this.trigger, this.by, this.startedAt, this.startedWith,
				this.selection, this.announced, this.pass, this.found, this.toRead, null, this.links, noted,
				this.touched, this.counts, this.setAside);
	}

	/**
	 * The run after these resources were given new chains. What it was given of the old
	 * ones counts no more: they do not follow what the new selection reads.
	 */
	RunInHand onNewChains(Set<Resource> replaced) {
		Map<Resource, String> given = copy(this.links);
		given.keySet().removeAll(replaced);
		boolean midway = !isRead() && replaced.contains(resource());
		return new RunInHand(this.id, this.mode, this.trigger, this.by, this.startedAt, this.startedWith,
				this.selection, this.announced, this.pass, this.found, this.toRead, midway ? null : this.nextLink,
				given, this.asked, this.touched, this.counts, this.setAside);
	}

	public RunInHand withAnnounced() {
		return new RunInHand(this.id, this.mode, this.trigger, this.by, this.startedAt, this.startedWith,
				this.selection, true, this.pass, this.found, this.toRead, this.nextLink, this.links, this.asked,
				this.touched, this.counts, this.setAside);
	}

	/** The run after some of a page could not be published. */
	public RunInHand withSetAside(int more) {
		return new RunInHand(this.id, this.mode, this.trigger, this.by, this.startedAt, this.startedWith,
				this.selection, this.announced, this.pass, this.found, this.toRead, this.nextLink, this.links,
				this.asked, this.touched, this.counts, this.setAside + more);
	}

	/** The run after a page whose observations are acknowledged. */
	public RunInHand afterPage(@Nullable String next, @Nullable String delta, boolean anything,
			SortedSet<Integer> partitions, ReadCounts page) {
		SortedSet<Integer> all = new TreeSet<>(this.touched);
		all.addAll(partitions);
		boolean foundNow = this.found || anything;
		List<Resource> left = this.toRead;
		Map<Resource, String> given = this.links;
		int passNow = this.pass;
		if (delta != null) {
			given = copy(this.links);
			given.put(resource(), delta);
			left = this.toRead.subList(1, this.toRead.size());
			if (left.isEmpty() && isFull() && (this.pass == 0 || foundNow) && this.pass < MOST_PASSES) {
				passNow++;
				foundNow = false;
				left = Resource.ALL;
			}
		}
		return new RunInHand(this.id, this.mode, this.trigger, this.by, this.startedAt, this.startedWith,
				this.selection, this.announced, passNow, foundNow, List.copyOf(left), next, given, this.asked, all,
				this.counts.plus(page), this.setAside);
	}

	private static <V> Map<Resource, V> copy(Map<Resource, V> map) {
		Map<Resource, V> copy = new EnumMap<>(Resource.class);
		copy.putAll(map);
		return copy;
	}

}
