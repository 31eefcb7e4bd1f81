package io.rollcall.reconciler.rules.mapping;

import java.util.List;
import java.util.Locale;

/**
 * What an expression can call. What hangs on an attribute that was never read is unread
 * itself, unless it was decided before.
 */
public enum Function {

	/** The text without white space at its ends. */
	TRIM("trim", "trim(text)", false, Parameter.TEXT) {

		@Override
		Value of(List<Expression> arguments, Source source) {
			Value value = arguments.getFirst().of(source);
			String text = value.text();
			return (text != null) ? Value.of(text.strip()) : value;
		}

	},
	/** The text in small letters. */
	LOWER("lower", "lower(text)", false, Parameter.TEXT) {

		@Override
		Value of(List<Expression> arguments, Source source) {
			Value value = arguments.getFirst().of(source);
			String text = value.text();
			return (text != null) ? Value.of(text.toLowerCase(Locale.ROOT)) : value;
		}

	},
	/** All texts that are not empty, with a text between them. */
	JOIN("join", "join('between', text or list, ...)", true, Parameter.QUOTED, Parameter.TEXTS) {

		@Override
		Value of(List<Expression> arguments, Source source) {
			String between = ((Expression.Quoted) arguments.getFirst()).text();
			StringBuilder joined = new StringBuilder();
			for (Expression argument : arguments.subList(1, arguments.size())) {
				Value value = argument.of(source);
				if (value == Value.UNREAD) {
					return value;
				}
				for (String text : value.texts()) {
					if (joined.length() > Value.LONGEST) {
						break;
					}
					joined.append(joined.isEmpty() ? "" : between).append(text);
				}
			}
			return Value.of(joined.toString());
		}

	},
	/** One part of a text; parts are counted from 1, from the end with -1. */
	SPLIT("split", "split(text, 'between', part)", false, Parameter.TEXT, Parameter.SEPARATOR, Parameter.PART) {

		@Override
		Value of(List<Expression> arguments, Source source) {
			Value value = arguments.getFirst().of(source);
			String text = value.text();
			if (text == null) {
				return value;
			}
			String between = ((Expression.Quoted) arguments.get(1)).text();
			int part = ((Expression.Number) arguments.get(2)).number();
			return Value.of((part > 0) ? fromStart(text, between, part) : fromEnd(text, between, -part));
		}

	},
	/** The text; another one where the directory has none. */
	DEFAULT("default", "default(text, 'otherwise')", false, Parameter.TEXT, Parameter.QUOTED) {

		@Override
		Value of(List<Expression> arguments, Source source) {
			Value value = arguments.getFirst().of(source);
			return (value == Value.EMPTY) ? arguments.getLast().of(source) : value;
		}

	},
	/** The first text that is not empty. */
	FIRST_OF("firstOf", "firstOf(text or list, ...)", true, Parameter.TEXTS) {

		@Override
		Value of(List<Expression> arguments, Source source) {
			for (Expression argument : arguments) {
				Value value = argument.of(source);
				if (value != Value.EMPTY) {
					return (value instanceof Value.Many many) ? Value.of(many.texts().getFirst()) : value;
				}
			}
			return Value.EMPTY;
		}

	};

	private final String word;

	private final String usage;

	private final boolean repeats;

	private final List<Parameter> parameters;

	/**
	 * @param repeats whether more may follow like the last parameter
	 */
	Function(String word, String usage, boolean repeats, Parameter... parameters) {
		this.word = word;
		this.usage = usage;
		this.repeats = repeats;
		this.parameters = List.of(parameters);
	}

	/** What it is called in an expression. */
	public String word() {
		return this.word;
	}

	/** How it is written, for people. */
	public String usage() {
		return this.usage;
	}

	/** How many arguments it needs at least. */
	int least() {
		return this.parameters.size();
	}

	boolean takes(int count) {
		return this.repeats || count <= this.parameters.size();
	}

	/** What its argument must be; counted from 0. */
	Parameter parameter(int index) {
		return this.parameters.get(Math.min(index, this.parameters.size() - 1));
	}

	abstract Value of(List<Expression> arguments, Source source);

	private static String fromStart(String text, String between, int part) {
		int start = 0;
		for (int i = 1; i < part; i++) {
			int next = text.indexOf(between, start);
			if (next < 0) {
				return "";
			}
			start = next + between.length();
		}
		int end = text.indexOf(between, start);
		return (end < 0) ? text.substring(start) : text.substring(start, end);
	}

	private static String fromEnd(String text, String between, int part) {
		int end = text.length();
		for (int i = 1; i < part; i++) {
			end = text.lastIndexOf(between, end - between.length());
			if (end < 0) {
				return "";
			}
		}
		int start = text.lastIndexOf(between, end - between.length());
		return text.substring((start < 0) ? 0 : start + between.length(), end);
	}

	/** What an argument must be. */
	enum Parameter {

		/** What gives one text. */
		TEXT("an attribute, a text in single quotes or a function"),
		/** What gives a text or a list of them. */
		TEXTS("an attribute, a text in single quotes or a function"),
		/** A text in quotes. */
		QUOTED("a text in single quotes"),
		/** A text in quotes that is not empty. */
		SEPARATOR("a text in single quotes that is not empty, such as '@'"),
		/** The number of a part. */
		PART("a number from 1 to 100, or from -1 to -100 to count from the end");

		private final String words;

		Parameter(String words) {
			this.words = words;
		}

		String words() {
			return this.words;
		}

		boolean accepts(Expression argument) {
			return switch (this) {
				case TEXT, TEXTS -> !(argument instanceof Expression.Number);
				case QUOTED -> argument instanceof Expression.Quoted;
				case SEPARATOR -> argument instanceof Expression.Quoted quoted && !quoted.text().isEmpty();
				case PART ->
					argument instanceof Expression.Number(int number) && number != 0 && Math.abs(number) <= 100;
			};
		}

	}

}
