package io.rollcall.connector.flow.read;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.rollcall.connector.flow.Tenants.Page;
import org.jspecify.annotations.Nullable;

/** Notices that the pages of one read repeat without end. */
final class Repetition {

	private static final int MOST_EMPTY_PAGES = 1000;

	private static final int MOST_EQUAL_PAGES = 3;

	/** Hashes: a link has a thousand characters, a read thousands of pages. */
	private final Set<UUID> links = new HashSet<>();

	private final Map<Integer, Integer> contents = new HashMap<>();

	private int empty;

	/**
	 * Whether a page shows that there is no end.
	 * @param link what was asked for
	 */
	boolean noticedIn(Page page, @Nullable String link) {
		String next = page.nextLink();
		if (next == null) {
			return false;
		}
		if (link != null) {
			this.links.add(hash(link));
		}
		if (page.cells().isEmpty()) {
			return this.links.contains(hash(next)) || ++this.empty > MOST_EMPTY_PAGES;
		}
		this.empty = 0;
		return this.links.contains(hash(next))
				|| this.contents.merge(page.cells().hashCode(), 1, Integer::sum) > MOST_EQUAL_PAGES;
	}

	private static UUID hash(String link) {
		return UUID.nameUUIDFromBytes(link.getBytes(StandardCharsets.UTF_8));
	}

}
