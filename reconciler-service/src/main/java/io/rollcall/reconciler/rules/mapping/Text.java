package io.rollcall.reconciler.rules.mapping;

import java.text.Normalizer;

/** Names and addresses as people see them: without what nobody can see. */
public final class Text {

	private Text() {
	}

	/** Without invisible characters, and white space at the ends; composed (NFC). */
	public static String clean(String text) {
		if (isPlain(text)) {
			return text.strip();
		}
		StringBuilder visible = new StringBuilder(text.length());
		text.codePoints()
			.filter((c) -> !isInvisible(c))
			.map((c) -> isSpace(c) ? ' ' : c)
			.forEach(visible::appendCodePoint);
		return Normalizer.normalize(visible, Normalizer.Form.NFC).strip();
	}

	public static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ' || c > '~') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Zero-width characters, soft hyphens, direction marks, controls: all format and
	 * control characters.
	 */
	private static boolean isInvisible(int c) {
		int type = Character.getType(c);
		return type == Character.FORMAT || (type == Character.CONTROL && !Character.isWhitespace(c)) || c == 0x034F
				|| (c >= 0xFE00 && c <= 0xFE0F) || c == 0x3164 || c == 0x115F || c == 0x1160;
	}

	private static boolean isSpace(int c) {
		return Character.isSpaceChar(c) || Character.isWhitespace(c);
	}

}
