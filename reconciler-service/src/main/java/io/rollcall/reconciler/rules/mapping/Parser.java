package io.rollcall.reconciler.rules.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.rollcall.reconciler.rules.mapping.Function.Parameter;
import org.jspecify.annotations.Nullable;

/** Reads one expression; the grammar is in the package's description. */
final class Parser {

	private static final int LONGEST = 500;

	private static final int DEEPEST = 10;

	private final String text;

	private final @Nullable Catalogue catalogue;

	private int at;

	/**
	 * @param catalogue of the attributes that may be named; null for any
	 */
	Parser(String text, @Nullable Catalogue catalogue) {
		this.text = text;
		this.catalogue = catalogue;
	}

	Expression whole() {
		if (this.text.length() > LONGEST) {
			throw invalid(LONGEST,
					"an expression has at most %d characters, this one has %d".formatted(LONGEST, this.text.length()));
		}
		Expression expression = argument(Parameter.TEXT, 1);
		skipSpace();
		if (this.at < this.text.length()) {
			throw invalid(this.at, "the expression ends before %s: several texts become one by join(' ', ..., ...)"
				.formatted(found()));
		}
		return expression;
	}

	private Expression argument(Parameter parameter, int depth) {
		skipSpace();
		int start = this.at;
		if (depth > DEEPEST) {
			throw invalid(start, "an expression is nested at most %d deep".formatted(DEEPEST));
		}
		Expression argument;
		if (next('\'')) {
			argument = quoted(start);
		}
		else if (isLetter()) {
			argument = named(parameter, depth);
		}
		else if (parameter == Parameter.PART && (peek() == '-' || isDigit())) {
			argument = number();
		}
		else {
			throw invalid(start, "expected %s, found %s".formatted(parameter.words(), found()));
		}
		if (!parameter.accepts(argument)) {
			throw invalid(start, "expected %s, found %s".formatted(parameter.words(), argument));
		}
		return argument;
	}

	private Expression quoted(int start) {
		StringBuilder quoted = new StringBuilder();
		while (this.at < this.text.length()) {
			char c = this.text.charAt(this.at++);
			if (c != '\'') {
				quoted.append(c);
			}
			else if (next('\'')) {
				quoted.append(c);
			}
			else {
				return new Expression.Quoted(quoted.toString());
			}
		}
		throw invalid(start, "the text that begins here has no end: write ' behind it, and '' for a ' within it");
	}

	private Expression number() {
		int start = this.at++;
		while (isDigit()) {
			this.at++;
		}
		String digits = this.text.substring(start, this.at);
		try {
			return new Expression.Number(Integer.parseInt(digits));
		}
		catch (NumberFormatException ex) {
			throw invalid(start, "expected %s, found %s".formatted(Parameter.PART.words(), digits));
		}
	}

	private Expression named(Parameter parameter, int depth) {
		int start = this.at;
		String name = name();
		int end = this.at;
		skipSpace();
		if (next('(')) {
			return call(start, name, depth);
		}
		this.at = end;
		List<String> path = new ArrayList<>();
		path.add(name);
		while (next('.')) {
			if (!isLetter()) {
				throw invalid(this.at, "expected the name of a member of %s, found %s".formatted(name, found()));
			}
			path.add(name());
		}
		Expression.Attribute attribute = new Expression.Attribute(path);
		String problem = (this.catalogue != null && parameter.accepts(attribute))
				? this.catalogue.problemOf(attribute.toString(), parameter == Parameter.TEXTS) : null;
		if (problem != null) {
			throw invalid(start, problem);
		}
		return attribute;
	}

	private Expression call(int start, String name, int depth) {
		Function function = Arrays.stream(Function.values())
			.filter((each) -> each.word().equals(name))
			.findFirst()
			.orElseThrow(() -> invalid(start, unknownFunction(name)));
		List<Expression> arguments = new ArrayList<>();
		do {
			if (!function.takes(arguments.size() + 1)) {
				throw invalid(this.at - 1, "%s ends before this comma: write %s".formatted(name, function.usage()));
			}
			skipSpace();
			if (arguments.size() < function.least() && peek() == ')') {
				throw invalid(this.at, "%s needs more: write %s".formatted(name, function.usage()));
			}
			arguments.add(argument(function.parameter(arguments.size()), depth + 1));
			skipSpace();
		}
		while (next(','));
		if (!next(')')) {
			throw invalid(this.at, "expected a comma or the ) of %s, found %s".formatted(name, found()));
		}
		if (arguments.size() < function.least()) {
			throw invalid(this.at - 1, "%s needs more: write %s".formatted(name, function.usage()));
		}
		return new Expression.Call(function, arguments);
	}

	private static String unknownFunction(String name) {
		List<String> all = Arrays.stream(Function.values()).map(Function::word).sorted().toList();
		return "there is no function '%s'%s: there are %s".formatted(name, NearMisses.question(name, all),
				String.join(", ", all));
	}

	private String name() {
		int start = this.at;
		while (isLetter() || isDigit() || peek() == '_') {
			this.at++;
		}
		return this.text.substring(start, this.at);
	}

	private void skipSpace() {
		while (this.at < this.text.length() && Character.isWhitespace(this.text.charAt(this.at))) {
			this.at++;
		}
	}

	private boolean next(char c) {
		boolean there = peek() == c;
		if (there) {
			this.at++;
		}
		return there;
	}

	/** The next character; 0 at the end. */
	private char peek() {
		return (this.at < this.text.length()) ? this.text.charAt(this.at) : 0;
	}

	private boolean isLetter() {
		char c = peek();
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

	private boolean isDigit() {
		char c = peek();
		return c >= '0' && c <= '9';
	}

	/** What stands where something else was expected. */
	private String found() {
		if (this.at >= this.text.length()) {
			return "the end";
		}
		if (peek() == '"') {
			return "\" (texts stand in single quotes)";
		}
		return (isLetter() || isDigit()) ? name() : Character.toString(this.text.codePointAt(this.at));
	}

	private static InvalidExpression invalid(int at, String problem) {
		return new InvalidExpression(at + 1, problem);
	}

}
