package io.rollcall.notifier.rules;

import java.util.Locale;

/** A language that alerts and e-mails are written in. */
public enum Language {

	EN(Locale.ENGLISH), DE(Locale.GERMAN);

	private final Locale locale;

	Language(Locale locale) {
		this.locale = locale;
	}

	public Locale locale() {
		return this.locale;
	}

}
