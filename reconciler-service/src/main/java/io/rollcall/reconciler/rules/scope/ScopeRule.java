package io.rollcall.reconciler.rules.scope;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.reconciler.rules.mapping.Source;
import io.rollcall.reconciler.rules.scope.Verdict.Word;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.jspecify.annotations.Nullable;

/**
 * The rules that say who is in, in the order in which they speak: first those against
 * somebody, then those for somebody. How they decide together is in the package's
 * description. Behind each constant, the parameters of its verdict.
 */
public enum ScopeRule {

	/** The directory does not have it any more; {@code departure}. */
	DEPARTED(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			Reason departure = user.departure();
			return (departure != null) ? says(Word.OUT, Map.of("departure", departure.code().name())) : nothing();
		}

		@Override
		Reason reason(Map<String, String> parameters) {
			return Reason.of(Reason.Code.valueOf(String.valueOf(parameters.get("departure"))));
		}

	},
	/** A person said never to sync it. */
	IGNORED(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return answers(Answer.of(user.ignored()), Map.of());
		}

		@Override
		Reason reason(Map<String, String> parameters) {
			return Reason.of(Reason.Code.IGNORED);
		}

	},
	/** Excluded by its id. */
	EXCLUDED_PERSON(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return person(scope.exclude(), user);
		}

	},
	/** In an excluded group; {@code group, members}. */
	EXCLUDED_GROUP(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return group(scope.exclude(), user);
		}

	},
	/** In an excluded administrative unit; {@code unit}. */
	EXCLUDED_UNIT(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return unit(scope.exclude(), user);
		}

	},
	/** The condition that excludes holds. */
	EXCLUDED_CONDITION(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return condition(scope.exclude(), user);
		}

	},
	/** A guest, where guests are out; {@code attribute} where it cannot tell. */
	GUESTS(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return scope.guests() ? nothing()
					: attribute("userType", user, "Guest".equalsIgnoreCase(user.attributes().text("userType")));
		}

	},
	/**
	 * The directory account is disabled, where such users are out; {@code attribute}
	 * where it cannot tell.
	 */
	DISABLED(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return scope.disabled() ? nothing()
					: attribute("accountEnabled", user, Boolean.FALSE.equals(user.attributes().flag("accountEnabled")));
		}

		@Override
		Reason reason(Map<String, String> parameters) {
			return Reason.of(Reason.Code.DISABLED);
		}

	},
	/** Everyone is included. */
	EVERYONE(Word.IN) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return answers(Answer.of(scope.include() == null), Map.of());
		}

		@Override
		Reason reason(Map<String, String> parameters) {
			return IN_SCOPE;
		}

	},
	/** Picked by its id. */
	PERSON(Word.IN) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return person(scope.include(), user);
		}

	},
	/** In a chosen group; {@code group, members}. */
	GROUP(Word.IN) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return group(scope.include(), user);
		}

	},
	/** In a chosen administrative unit; {@code unit}. */
	UNIT(Word.IN) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return unit(scope.include(), user);
		}

	},
	/** The condition that includes holds. */
	CONDITION(Word.IN) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return condition(scope.include(), user);
		}

	},
	/** Nothing includes it. */
	NOT_CHOSEN(Word.OUT) {

		@Override
		Verdict of(Scope scope, Candidate user) {
			return answers(Answer.of(scope.include() != null), Map.of());
		}

	};

	private static final Reason IN_SCOPE = Reason.of(Reason.Code.IN_SCOPE);

	private static final List<ScopeRule> ALL = List.of(values());

	private final Word yes;

	private final Verdict plain;

	private final Verdict nothing;

	ScopeRule(Word yes) {
		this.yes = yes;
		this.plain = new Verdict(this, yes, Map.of());
		this.nothing = new Verdict(this, Word.NOTHING, Map.of());
	}

	/**
	 * The verdict that decides about a user: {@code UNREAD} and {@code HIDDEN} leave all
	 * as it is.
	 */
	public static Verdict decide(Scope scope, Candidate user) {
		Verdict unread = null;
		for (ScopeRule rule : ALL) {
			Verdict verdict = rule.of(scope, user);
			switch (verdict.word()) {
				case OUT -> {
					return (rule == NOT_CHOSEN && unread != null) ? unread : verdict;
				}
				case IN -> {
					return (unread != null && unread.rule().yes == Word.OUT) ? unread : verdict;
				}
				case UNREAD, HIDDEN -> unread = (unread != null) ? unread : verdict;
				case NOTHING -> {
				}
			}
		}
		throw new IllegalStateException("either everyone is included, or somebody is not");
	}

	/** What every rule says about a user, in order. */
	public static List<Verdict> explain(Scope scope, Candidate user) {
		return ALL.stream().map((rule) -> rule.of(scope, user)).toList();
	}

	abstract Verdict of(Scope scope, Candidate user);

	/** Why somebody is in or out, as this rule decided. */
	Reason reason(Map<String, String> parameters) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("rule", name());
		all.putAll(parameters);
		return new Reason((this.yes == Word.IN) ? Reason.Code.IN_SCOPE : Reason.Code.OUT_OF_SCOPE, all);
	}

	Verdict nothing() {
		return this.nothing;
	}

	Verdict says(Word word, Map<String, String> parameters) {
		return parameters.isEmpty() && word == this.yes ? this.plain : new Verdict(this, word, parameters);
	}

	Verdict answers(Answer answer, Map<String, String> parameters) {
		return switch (answer) {
			case YES -> says(this.yes, parameters);
			case NO -> nothing();
			case UNREAD -> says(Word.UNREAD, parameters);
			case HIDDEN -> says(Word.HIDDEN, parameters);
		};
	}

	Verdict attribute(String attribute, Candidate user, boolean yes) {
		return user.attributes().values().containsKey(attribute) ? answers(Answer.of(yes), Map.of())
				: says(Word.UNREAD, Map.of("attribute", attribute));
	}

	Verdict person(@Nullable Who who, Candidate user) {
		return answers(Answer.of(who != null && who.people().contains(user.object())), Map.of());
	}

	Verdict group(@Nullable Who who, Candidate user) {
		Map<ObjectId, Members> groups = (who != null) ? who.groups() : Map.of();
		return first(groups.keySet(),
				(group) -> user.isIn(ContainerKind.GROUP, group, groups.get(group) == Members.TRANSITIVE),
				(group) -> Map.of("group", group.value(), "members", String.valueOf(groups.get(group))));
	}

	Verdict unit(@Nullable Who who, Candidate user) {
		return first((who != null) ? who.units() : Set.of(),
				(unit) -> user.isIn(ContainerKind.ADMINISTRATIVE_UNIT, unit, false),
				(unit) -> Map.of("unit", unit.value()));
	}

	/** The first container that the user is in; else one of which nobody can tell. */
	private Verdict first(Set<ObjectId> containers, Function<ObjectId, Answer> isIn,
			Function<ObjectId, Map<String, String>> parameters) {
		Verdict verdict = nothing();
		for (ObjectId container : containers) {
			Answer answer = isIn.apply(container);
			if (answer == Answer.YES) {
				return answers(answer, parameters.apply(container));
			}
			if (answer != Answer.NO) {
				verdict = answers(answer, parameters.apply(container));
			}
		}
		return verdict;
	}

	Verdict condition(@Nullable Who who, Candidate user) {
		Condition condition = (who != null) ? who.condition() : null;
		return (condition != null) ? answers(condition.of(new Source(user.object(), user.attributes())), Map.of())
				: nothing();
	}

}
