package io.rollcall.reconciler.rules.scope;

/** What a question about somebody is answered with. */
public enum Answer {

	YES, NO,
	/** What it looks at was never read: it may be either. */
	UNREAD,
	/** It looks at members whom Graph does not show to us: it may be either. */
	HIDDEN;

	static Answer of(boolean yes) {
		return yes ? YES : NO;
	}

	Answer not() {
		return switch (this) {
			case YES -> NO;
			case NO -> YES;
			case UNREAD, HIDDEN -> this;
		};
	}

}
