package io.rollcall.reconciler.rules.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Expressions and users that nobody thought of, 1,000 of them; {@code -Dexpressions} for
 * more, {@code -Dseed} for others.
 */
class RandomExpressionsTests {

	private static final long SEED = Long.getLong("seed", 20261201L);

	private static final int EXPRESSIONS = Integer.getInteger("expressions", 1_000);

	private static final List<String> NAMES = List.of("a", "b", "object.member", "list", "never", "id",
			"extension_b7d8e648520f41d3b9c0fdeb91768a0a_level", "trim");

	private static final List<String> TEXTS = List.of("", " ", "x", "a b", "it's", "''", "\ud83d\ude00", "\u200b",
			"Ünal", "a,b,,c", "(", "\n", "x".repeat(400));

	@Test
	void anExpressionReadsBackAsItselfAndNeverFails() {
		for (long seed = SEED; seed < SEED + EXPRESSIONS; seed++) {
			Random random = new Random(seed);
			Expression expression = expression(random, 1 + random.nextInt(4));
			Source source = new Source(new ObjectId("o"), new Attributes(attributes(random)));
			Value value = expression.of(source);
			assertThat(value.texts()).as("seed %d: %s", seed, expression)
				.allSatisfy((text) -> assertThat(text).isNotEmpty().hasSizeLessThanOrEqualTo(Value.LONGEST));
			String text = expression.toString();
			if (text.length() <= 500) {
				Expression again = Expression.parse(text);
				assertThat(again).as("seed %d", seed).isEqualTo(expression).hasToString(text);
				assertThat(again.of(source)).as("seed %d: %s", seed, text).isEqualTo(value);
			}
		}
	}

	@Test
	void whatIsUnreadHangsOnAnAttributeThatItNames() {
		for (long seed = SEED; seed < SEED + EXPRESSIONS; seed++) {
			Random random = new Random(seed);
			Expression expression = expression(random, 1 + random.nextInt(4));
			Map<String, @Nullable Object> attributes = attributes(random);
			List<String> needed = new ArrayList<>();
			expression.attributes(needed::add);
			Source source = new Source(new ObjectId("o"), new Attributes(attributes));
			if (attributes.keySet().containsAll(needed)) {
				assertThat(expression.of(source)).as("seed %d: %s", seed, expression).isNotEqualTo(Value.UNREAD);
			}
		}
	}

	/** Characters of the language, torn apart and put together. */
	@Test
	void anyTextIsReadOrRefusedAtAPlaceWithinIt() {
		String letters = "a.b('x', trim(firstOf(join split -1 9) \"\u200b\ud83d\ude00_";
		for (long seed = SEED; seed < SEED + EXPRESSIONS; seed++) {
			Random random = new Random(seed);
			String text = random.nextBoolean() ? torn(random, expression(random, 3).toString())
					: random.ints(random.nextInt(30), 0, letters.length())
						.mapToObj((i) -> letters.substring(i, i + 1))
						.collect(Collectors.joining());
			assertThatCode(() -> {
				try {
					Expression read = Expression.parse(text);
					assertThat(Expression.parse(read.toString())).isEqualTo(read);
				}
				catch (InvalidExpression invalid) {
					assertThat(invalid.position()).isBetween(1, text.length() + 1);
					assertThat(invalid.problem()).isNotBlank();
				}
			}).as("seed %d: %s", seed, text).doesNotThrowAnyException();
		}
	}

	private static String torn(Random random, String text) {
		int at = random.nextInt(text.length() + 1);
		return switch (random.nextInt(3)) {
			case 0 -> text.substring(0, at);
			case 1 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1));
			default -> text.substring(0, at) + "(',.x1-' )".charAt(random.nextInt(10)) + text.substring(at);
		};
	}

	private static Expression expression(Random random, int depth) {
		int kind = random.nextInt((depth > 0) ? 8 : 2);
		return switch (kind) {
			case 0 -> new Expression.Attribute(List.of(one(random, NAMES).split("\\.")));
			case 1 -> new Expression.Quoted(one(random, TEXTS));
			case 2 -> call(Function.TRIM, expression(random, depth - 1));
			case 3 -> call(Function.LOWER, expression(random, depth - 1));
			case 4 -> call(Function.JOIN, some(random, depth, new Expression.Quoted(one(random, TEXTS))));
			case 5 -> {
				int part = 1 + random.nextInt(5);
				yield call(Function.SPLIT, expression(random, depth - 1),
						new Expression.Quoted(one(random, List.of(",", " ", "''", "a b"))),
						new Expression.Number(random.nextBoolean() ? part : -part));
			}
			case 6 -> call(Function.DEFAULT, expression(random, depth - 1), new Expression.Quoted(one(random, TEXTS)));
			default -> call(Function.FIRST_OF, some(random, depth));
		};
	}

	private static Expression[] some(Random random, int depth, Expression... first) {
		List<Expression> all = new ArrayList<>(List.of(first));
		IntStream.rangeClosed(0, random.nextInt(3)).forEach((i) -> all.add(expression(random, depth - 1)));
		return all.toArray(Expression[]::new);
	}

	private static Expression call(Function function, Expression... arguments) {
		return new Expression.Call(function, List.of(arguments));
	}

	private static Map<String, @Nullable Object> attributes(Random random) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		for (String name : NAMES) {
			String first = name.split("\\.")[0];
			if (random.nextInt(4) > 0 && !first.equals("id")) {
				attributes.put(first, value(random, 2));
			}
		}
		return attributes;
	}

	private static @Nullable Object value(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 8 : 6)) {
			case 0 -> null;
			case 1 -> random.nextBoolean();
			case 2 -> random.nextLong();
			case 3 -> random.nextDouble();
			case 4, 5 -> one(random, TEXTS).repeat(random.nextInt(4));
			case 6 -> {
				List<@Nullable Object> list = new ArrayList<>();
				IntStream.range(0, random.nextInt(4)).forEach((i) -> list.add(value(random, depth - 1)));
				yield list;
			}
			default -> {
				Map<String, @Nullable Object> map = new LinkedHashMap<>();
				map.put("member", value(random, depth - 1));
				yield map;
			}
		};
	}

	private static <T> T one(Random random, List<T> of) {
		return of.get(random.nextInt(of.size()));
	}

}
