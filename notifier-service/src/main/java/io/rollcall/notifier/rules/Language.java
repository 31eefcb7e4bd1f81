package io.rollcall.notifier.rules;

import java.util.Locale;

/** A language that alerts and e-mails are written in. */
public enum Language {

	EN, DE;

	public Locale locale() {
		return Locale.forLanguageTag(name());
	}

}
