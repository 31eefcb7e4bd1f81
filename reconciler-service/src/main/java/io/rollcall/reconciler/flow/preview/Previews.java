package io.rollcall.reconciler.flow.preview;

import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.change.Tally;
import io.rollcall.reconciler.flow.view.Page;
import org.jspecify.annotations.Nullable;

/** Previews and what they found; they go a day after they began. */
public interface Previews {

	/** Stores a new one. */
	void add(Preview preview);

	/**
	 * Stores how far it is.
	 * @return false where it was ended meanwhile
	 */
	boolean save(Preview preview);

	@Nullable Preview find(ConnectionId connection, String id);

	/** The newest first. */
	List<Preview> newest(ConnectionId connection, int limit);

	/** What one of them found. */
	Outcomes outcomes(Preview preview);

	/**
	 * What would be changed: accounts, then teams, each by their ids.
	 * @param kind only what has a part of this kind; null for all
	 * @param text the beginning of a word of the name, or of the address; null for all
	 */
	Page<Outcome> changes(Preview preview, Tally.@Nullable Kind kind, @Nullable String text, @Nullable String cursor,
			int limit);

}
