package io.rollcall.reconciler.web;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ObjectId;
import io.rollcall.reconciler.rules.TeamNaming;
import io.rollcall.reconciler.rules.TeamRules;
import io.rollcall.reconciler.rules.scope.Who.Members;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

/**
 * What makes teams, as callers write it.
 *
 * @param chosen the groups that do, where {@code groups} is {@code CHOSEN}
 * @param managers null where managers make none
 */
record TeamsBody(TeamRules.@Nullable Groups groups, @Nullable List<ScopeBody.Group> chosen,
		@Nullable Managers managers) {

	private static final int MOST_GROUPS = 500;

	private static final int LONGEST_PATTERN = 100;

	static TeamsBody of(TeamRules teams) {
		TeamNaming naming = teams.managers();
		return new TeamsBody(teams.groups(),
				(teams.groups() == TeamRules.Groups.CHOSEN) ? teams.chosen()
					.entrySet()
					.stream()
					.map((group) -> new ScopeBody.Group(group.getKey().value(), group.getValue()))
					.sorted(Comparator.comparing((group) -> String.valueOf(group.id())))
					.toList() : null,
				(naming != null) ? new Managers(naming.language(), naming.pattern()) : null);
	}

	/** What it says. */
	TeamRules teams() {
		TeamRules.Groups which = RulesBody.present("teams.groups", this.groups);
		return new TeamRules(which, chosen(which), (this.managers != null) ? this.managers.naming() : null);
	}

	private Map<ObjectId, Members> chosen(TeamRules.Groups which) {
		if (which != TeamRules.Groups.CHOSEN) {
			if (this.chosen != null) {
				throw Problems.invalid("teams.chosen says which groups make teams where teams.groups is CHOSEN, is "
						+ which + ": leave it out, or write CHOSEN");
			}
			return Map.of();
		}
		List<ScopeBody.Group> groups = RulesBody.present("teams.chosen", this.chosen);
		if (groups.size() > MOST_GROUPS) {
			throw Problems.invalid("teams.chosen can have %d groups, has %d".formatted(MOST_GROUPS, groups.size()));
		}
		Map<ObjectId, Members> chosen = new LinkedHashMap<>();
		for (int i = 0; i < groups.size(); i++) {
			String place = "teams.chosen[%d]".formatted(i);
			ScopeBody.Group group = RulesBody.present(place, groups.get(i));
			ObjectId id = new ObjectId(RulesBody.present(place + ".id", group.id()));
			if (chosen.put(id, RulesBody.present(place + ".members", group.members())) != null) {
				throw Problems.invalid("%s: '%s' is there twice".formatted(place, id));
			}
		}
		return chosen;
	}

	/**
	 * How the team of a manager is named.
	 *
	 * @param pattern null for the one of the language
	 */
	record Managers(TeamNaming.@Nullable Language language, @Nullable String pattern) {

		private TeamNaming naming() {
			String own = this.pattern;
			if (own != null && (!own.contains(TeamNaming.MANAGER) || own.length() > LONGEST_PATTERN)) {
				throw Problems.invalid("teams.managers.pattern needs %s where the manager's name goes, in at most %d "
					.formatted(TeamNaming.MANAGER, LONGEST_PATTERN) + "characters, is '" + own + "'");
			}
			return new TeamNaming(RulesBody.present("teams.managers.language", this.language), own);
		}

	}

}
