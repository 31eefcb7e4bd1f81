package io.rollcall.reconciler.rules.mapping;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What is taken of a directory user for a field of its account. Its text reads back as
 * the same expression; the grammar is in the package's description.
 */
public sealed interface Expression {

	/** An expression that was checked before. */
	static Expression parse(String text) {
		return new Parser(text, null).whole();
	}

	/**
	 * An expression whose attributes Graph can give.
	 * @throws InvalidExpression that says where and what to do
	 */
	static Expression parse(String text, Catalogue catalogue) {
		return new Parser(text, catalogue).whole();
	}

	/** What it gives for a user. */
	Value of(Source source);

	/** Tells the attributes that must be read for it. */
	void attributes(Consumer<String> each);

	/** A user's attribute, or a member of one. */
	record Attribute(List<String> path) implements Expression {

		/** The object's id, which every object has. */
		static final String ID = "id";

		public Attribute {
			path = List.copyOf(path);
		}

		@Override
		public Value of(Source source) {
			Map<String, @Nullable Object> attributes = source.attributes().values();
			String first = this.path.getFirst();
			Object value = attributes.get(first);
			if (value == null && !attributes.containsKey(first)) {
				return ID.equals(first) ? Value.of(source.object().value()) : Value.UNREAD;
			}
			for (int i = 1; i < this.path.size(); i++) {
				value = (value instanceof Map<?, ?> members) ? members.get(this.path.get(i)) : null;
			}
			return Value.read(value);
		}

		@Override
		public void attributes(Consumer<String> each) {
			if (!ID.equals(this.path.getFirst())) {
				each.accept(this.path.getFirst());
			}
		}

		@Override
		public String toString() {
			return String.join(".", this.path);
		}

	}

	/** A text that is the same for everybody. */
	record Quoted(String text) implements Expression {

		@Override
		public Value of(Source source) {
			return Value.of(this.text);
		}

		@Override
		public void attributes(Consumer<String> each) {
		}

		@Override
		public String toString() {
			return "'" + this.text.replace("'", "''") + "'";
		}

	}

	/** A number, which only says something to the function that it is given to. */
	record Number(int number) implements Expression {

		@Override
		public Value of(Source source) {
			return Value.of(toString());
		}

		@Override
		public void attributes(Consumer<String> each) {
		}

		@Override
		public String toString() {
			return String.valueOf(this.number);
		}

	}

	/** What a function makes of others. */
	record Call(Function function, List<Expression> arguments) implements Expression {

		public Call {
			arguments = List.copyOf(arguments);
		}

		@Override
		public Value of(Source source) {
			return this.function.of(this.arguments, source);
		}

		@Override
		public void attributes(Consumer<String> each) {
			this.arguments.forEach((argument) -> argument.attributes(each));
		}

		@Override
		public String toString() {
			return this.arguments.stream()
				.map(Expression::toString)
				.collect(Collectors.joining(", ", this.function.word() + "(", ")"));
		}

	}

}
