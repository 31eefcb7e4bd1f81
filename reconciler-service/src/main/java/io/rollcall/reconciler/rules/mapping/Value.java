package io.rollcall.reconciler.rules.mapping;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What an expression gives for a directory user. */
public sealed interface Value {

	/** The most characters of a value; what is longer is cut. */
	int LONGEST = 1_000;

	/** It hangs on an attribute that was never read: nobody knows yet. */
	Value UNREAD = new Unread();

	/** The directory has nothing. */
	Value EMPTY = new Empty();

	/** The text, the first one of a list; null when there is none. */
	default @Nullable String text() {
		return switch (this) {
			case Single single -> single.text;
			case Many many -> many.texts.getFirst();
			case Unread _, Empty _ -> null;
		};
	}

	/** All texts. */
	default List<String> texts() {
		return switch (this) {
			case Single single -> List.of(single.text);
			case Many many -> many.texts;
			case Unread _, Empty _ -> List.of();
		};
	}

	static Value of(String text) {
		if (text.isEmpty()) {
			return EMPTY;
		}
		if (text.length() <= LONGEST) {
			return new Single(text);
		}
		// Never half of a character.
		int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
		return new Single(text.substring(0, end));
	}

	/**
	 * The value of an attribute, without what nobody can see; objects have members, and
	 * are no value themselves.
	 */
	static Value read(@Nullable Object attribute) {
		return switch (attribute) {
			case String text -> of(Text.clean(text));
			case Boolean flag -> of(flag.toString());
			case Number number -> of(number.toString());
			case List<?> list -> {
				List<String> texts = new ArrayList<>(list.size());
				list.forEach((item) -> texts.addAll((item instanceof List<?>) ? List.of() : read(item).texts()));
				yield texts.isEmpty() ? EMPTY : new Many(texts);
			}
			case null, default -> EMPTY;
		};
	}

	/** See {@link #UNREAD}. */
	record Unread() implements Value {
	}

	/** See {@link #EMPTY}. */
	record Empty() implements Value {
	}

	/** One text, which is not empty. */
	record Single(String text) implements Value {
	}

	/** The texts of a list attribute, at least one. */
	record Many(List<String> texts) implements Value {
	}

}
