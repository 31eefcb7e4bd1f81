package io.rollcall.notifier.rules;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.change.FieldChange;

/** What stands in for a placeholder of a text, before it is put into a language. */
sealed interface Part {

	/** Text as it came: a name, an id, a reason. */
	record Text(String value) implements Part {
	}

	record Count(long value) implements Part {
	}

	/** A word that has a translation. */
	record Term(String key) implements Part {
	}

	record Moment(Instant value) implements Part {
	}

	/** Fields of an account, one line each. */
	record Fields(List<FieldChange> changes) implements Part {
	}

	/** A field's name for people. */
	record FieldName(String field) implements Part {
	}

}
