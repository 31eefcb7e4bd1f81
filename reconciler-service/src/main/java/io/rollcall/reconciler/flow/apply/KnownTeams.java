package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.TeamId;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.TeamName;
import org.jspecify.annotations.Nullable;

/**
 * The teams of one organization while a batch is decided: as they were read, as they are
 * to be, and what has to be looked up before that can be said.
 */
final class KnownTeams {

	private final Map<TeamId, StoredTeam> stored = new HashMap<>();

	private final Set<TeamId> read = new HashSet<>();

	private final Set<TeamId> unread = new LinkedHashSet<>();

	private final Set<String> readNames = new HashSet<>();

	private final Set<String> unreadNames = new LinkedHashSet<>();

	private final Map<TeamId, Next> next = new LinkedHashMap<>();

	/** Takes what was read, and begins to decide anew. */
	void read(Collection<StoredTeam> teams, Collection<TeamId> ids, Collection<String> names) {
		teams.forEach((team) -> this.stored.put(team.team().id(), team));
		this.read.addAll(ids);
		this.readNames.addAll(names);
		this.unread.clear();
		this.unreadNames.clear();
		begin();
	}

	void begin() {
		this.next.clear();
	}

	Set<TeamId> unread() {
		return this.unread;
	}

	Set<String> unreadNames() {
		return this.unreadNames;
	}

	boolean isComplete() {
		return this.unread.isEmpty() && this.unreadNames.isEmpty();
	}

	/** As it was read, if it was. */
	@Nullable StoredTeam stored(TeamId id) {
		return this.stored.get(id);
	}

	/** As it was read; read next where it was not. */
	@Nullable StoredTeam find(TeamId id) {
		StoredTeam found = this.stored.get(id);
		if (found == null && !this.read.contains(id)) {
			this.unread.add(id);
		}
		return found;
	}

	/**
	 * The name of a team. One that another of the batch gives up is free when that is
	 * written.
	 */
	TeamName name(TeamId id, String base) {
		StoredTeam known = this.stored.get(id);
		if (known != null && TeamName.isFirst(known.team().nameKey(), base)) {
			return TeamName.first(base);
		}
		String start = TeamName.start(base);
		if (!this.readNames.contains(start)) {
			this.unreadNames.add(start);
		}
		List<String> others = new ArrayList<>();
		this.stored.values().forEach((team) -> add(team.team(), id, others));
		this.next.values().forEach((team) -> add(team.team(), id, others));
		return TeamName.lowest(base, others);
	}

	private static void add(Team team, TeamId but, List<String> keys) {
		if (team.nameKey() != null && !team.id().equals(but)) {
			keys.add(team.nameKey());
		}
	}

	void decided(Team team, Work.OfObject writer) {
		StoredTeam known = this.stored.get(team.id());
		this.next.put(team.id(), new Next(team, known, (known != null) ? known.command() : null, writer));
	}

	/** Takes what came of a person's act. */
	void obeyed(Team team, Work.OfObject writer, Batch.Entry act) {
		this.next.put(team.id(), new Next(team, this.stored.get(team.id()), act.origin(), writer));
	}

	/** Whether a team has obeyed an act, or one after it. */
	boolean hasObeyed(TeamId id, Batch.Entry act) {
		Next decided = this.next.get(id);
		StoredTeam known = this.stored.get(id);
		Origin last = (decided != null) ? decided.command() : (known != null) ? known.command() : null;
		return last != null && act.origin().isUpTo(last);
	}

	Collection<Next> next() {
		return this.next.values();
	}

	/** As it is to be, with the revision that it was read with. */
	@Nullable Team asDecided(TeamId id) {
		Next decided = this.next.get(id);
		StoredTeam known = this.stored.get(id);
		return (decided != null) ? decided.team() : (known != null) ? known.team() : null;
	}

	/**
	 * A team as it is to be.
	 *
	 * @param command the last act that it has obeyed
	 * @param writer whose decision it was
	 */
	record Next(Team team, @Nullable StoredTeam stored, @Nullable Origin command, Work.OfObject writer) {
	}

}
