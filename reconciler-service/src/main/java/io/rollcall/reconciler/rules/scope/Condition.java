package io.rollcall.reconciler.rules.scope;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.rollcall.reconciler.rules.mapping.Catalogue;
import io.rollcall.reconciler.rules.mapping.Expression;
import io.rollcall.reconciler.rules.mapping.Source;
import io.rollcall.reconciler.rules.mapping.Value;
import org.jspecify.annotations.Nullable;

/**
 * A condition over a user's attributes, a tree: {@code all}, {@code any} or {@code not}
 * of others; or an attribute with exactly one of what it is compared by. Capitals and
 * small letters are the same, as in Graph's filters; of a list, one that fits is enough.
 * An attribute that was never read makes it {@code UNREAD}, unless the others decide.
 *
 * @param attribute its name; a member of an object with a dot
 * @param present whether the directory has a value at all
 * @see <a href=
 * "https://learn.microsoft.com/en-us/graph/filter-query-parameter">Filters</a>
 */
public record Condition(@Nullable List<Condition> all, @Nullable List<Condition> any, @Nullable Condition not,
		@Nullable String attribute, @Nullable String equals, @Nullable List<String> in, @Nullable String startsWith,
		@Nullable Boolean present) {

	public Condition {
		all = (all != null) ? List.copyOf(all) : null;
		any = (any != null) ? List.copyOf(any) : null;
		in = (in != null) ? List.copyOf(in) : null;
	}

	/**
	 * What is wrong with it, and what to do; empty when nothing is.
	 * @param place what it is called
	 * @param catalogue of the attributes that a user can have
	 */
	public Optional<String> check(String place, Catalogue catalogue) {
		return new ConditionCheck(catalogue).of(place, this);
	}

	/** Whether it holds for a user. */
	Answer of(Source user) {
		if (this.all != null) {
			return first(this.all, user, Answer.NO);
		}
		if (this.any != null) {
			return first(this.any, user, Answer.YES);
		}
		if (this.not != null) {
			return this.not.of(user).not();
		}
		Value value = expression().of(user);
		return (value == Value.UNREAD) ? Answer.UNREAD : Answer.of(holds(value.texts()));
	}

	private boolean holds(List<String> texts) {
		if (this.present != null) {
			return this.present != texts.isEmpty();
		}
		return texts.stream().anyMatch(compared());
	}

	private Predicate<String> compared() {
		String start = this.startsWith;
		if (start != null) {
			return (text) -> text.regionMatches(true, 0, start, 0, start.length());
		}
		List<String> wanted = (this.in != null) ? this.in : List.of(String.valueOf(this.equals));
		return (text) -> wanted.stream().anyMatch(text::equalsIgnoreCase);
	}

	/** The first that decides the others; else what cannot be told, if anything. */
	private static Answer first(List<Condition> conditions, Source user, Answer decisive) {
		Answer answer = decisive.not();
		for (Condition condition : conditions) {
			Answer one = condition.of(user);
			if (one == decisive) {
				return one;
			}
			answer = (one == Answer.UNREAD) ? one : answer;
		}
		return answer;
	}

	/** Tells the attributes that must be read for it. */
	void attributes(Consumer<String> each) {
		children().forEach((condition) -> condition.attributes(each));
		if (this.attribute != null) {
			expression().attributes(each);
		}
	}

	/** The conditions that it is made of. */
	List<Condition> children() {
		return (this.all != null) ? this.all
				: (this.any != null) ? this.any : (this.not != null) ? List.of(this.not) : List.of();
	}

	private Expression expression() {
		return new Expression.Attribute(List.of(String.valueOf(this.attribute).split("\\.")));
	}

}
