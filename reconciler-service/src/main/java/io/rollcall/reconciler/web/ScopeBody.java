package io.rollcall.reconciler.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rollcall.model.ObjectId;
import io.rollcall.reconciler.rules.mapping.Catalogue;
import io.rollcall.reconciler.rules.scope.Condition;
import io.rollcall.reconciler.rules.scope.Scope;
import io.rollcall.reconciler.rules.scope.Who;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Who is in, as callers write it.
 *
 * @param everyone whether all are included; otherwise {@code include} says who is
 * @param exclude who is out although included; null for nobody
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScopeBody(@Nullable Boolean everyone, @Nullable WhoBody include, @Nullable WhoBody exclude,
		@Nullable Boolean guests, @Nullable Boolean disabled) {

	static ScopeBody of(Scope scope) {
		return new ScopeBody(scope.include() == null, WhoBody.of(scope.include()), WhoBody.of(scope.exclude()),
				scope.guests(), scope.disabled());
	}

	/** What it says. */
	Scope scope(Catalogue catalogue) {
		return new Scope(included(catalogue),
				(this.exclude != null) ? this.exclude.who("scope.exclude", catalogue) : null,
				RulesBody.present("scope.guests", this.guests), RulesBody.present("scope.disabled", this.disabled));
	}

	private @Nullable Who included(Catalogue catalogue) {
		if (!RulesBody.present("scope.everyone", this.everyone)) {
			Who who = RulesBody.present("scope.include", this.include).who("scope.include", catalogue);
			if (who.equals(Who.NOBODY)) {
				throw Problems.invalid("\"scope.include\" names nobody: give \"people\", \"groups\", \"units\" or a "
						+ "\"condition\", or set \"scope.everyone\" to true");
			}
			return who;
		}
		if (this.include != null) {
			throw Problems.invalid("\"scope.everyone\" is true, so that \"scope.include\" adds nobody: leave it out, "
					+ "or set \"scope.everyone\" to false");
		}
		return null;
	}

	/** Whom it names; what is left out names nobody. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record WhoBody(@Nullable List<String> people, @Nullable List<Group> groups, @Nullable List<String> units,
			@Nullable Condition condition) {

		private static final int MOST_PEOPLE = 5_000;

		private static final int MOST_CONTAINERS = 500;

		static @Nullable WhoBody of(@Nullable Who who) {
			return (who == null) ? null
					: new WhoBody(texts(who.people()),
							who.groups()
								.entrySet()
								.stream()
								.map((group) -> new Group(group.getKey().value(), group.getValue()))
								.toList(),
							texts(who.units()), who.condition());
		}

		private Who who(String place, Catalogue catalogue) {
			List<Group> given = Objects.requireNonNullElse(this.groups, List.of());
			List<String> ids = new ArrayList<>();
			given.forEach((group) -> ids.add(RulesBody.present(place + ".groups.id", group.id())));
			Map<ObjectId, Who.Members> chosen = new LinkedHashMap<>();
			int i = 0;
			for (ObjectId id : ids(place + ".groups", ids, MOST_CONTAINERS)) {
				chosen.put(id,
						RulesBody.present("%s.groups[%d].members".formatted(place, i), given.get(i++).members()));
			}
			if (this.condition != null) {
				this.condition.check(place + ".condition", catalogue).ifPresent((wrong) -> {
					throw Problems.invalid(wrong);
				});
			}
			return new Who(ids(place + ".people", this.people, MOST_PEOPLE), chosen,
					ids(place + ".units", this.units, MOST_CONTAINERS), this.condition);
		}

		private static Set<ObjectId> ids(String place, @Nullable List<String> given, int most) {
			List<String> all = Objects.requireNonNullElse(given, List.of());
			if (all.size() > most) {
				throw Problems.invalid("%s has %d, and can have %d at most: choose a group of them instead"
					.formatted(place, all.size(), most));
			}
			Set<ObjectId> ids = new LinkedHashSet<>();
			for (int i = 0; i < all.size(); i++) {
				String id = RulesBody.present("%s[%d]".formatted(place, i), all.get(i));
				if (id.contains("@")) {
					throw Problems.invalid(
							"%s[%d]: '%s' is an address: look it up and give the object id".formatted(place, i, id));
				}
				if (!ids.add(new ObjectId(id))) {
					throw Problems.invalid("%s[%d]: '%s' is there twice".formatted(place, i, id));
				}
			}
			return ids;
		}

		private static List<String> texts(Set<ObjectId> ids) {
			return ids.stream().map(ObjectId::value).toList();
		}

	}

	/** A group, and which of its members are meant. */
	record Group(@Nullable String id, Who.@Nullable Members members) {
	}

}
