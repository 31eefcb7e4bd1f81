package io.rollcall.reconciler.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.rollcall.model.directory.Attributes;
import io.rollcall.reconciler.rules.mapping.Text;
import org.jspecify.annotations.Nullable;

/**
 * How a new directory user finds an account that is there. Whoever had an account has it
 * by the object id; these are for the others.
 *
 * @param by what is compared, in this order: the first that finds any account decides
 * @param create when an account is made where none matches
 */
public record Matching(List<Key> by, Create create) {

	private static final Matching STANDARD = new Matching(List.of(Key.EMAIL), Create.AT_ONCE);

	public Matching {
		by = List.copyOf(by);
	}

	/** By the address; whoever finds none gets an account. */
	public static Matching standard() {
		return STANDARD;
	}

	/** What a user is looked up by, the address aside. */
	public List<String> keysOf(Facts facts) {
		List<String> keys = new ArrayList<>(0);
		for (Key key : this.by) {
			String of = key.of(facts.attributes());
			if (of != null) {
				keys.add(of);
			}
		}
		return keys;
	}

	/** What is compared. */
	public enum Key {

		/** The address that the mapping gives: no two accounts have the same. */
		EMAIL(Account.EMAIL),
		/** The name that the user signs in with. */
		UPN("userPrincipalName"),
		/** The number that the employer gave. */
		EMPLOYEE_ID(Account.EMPLOYEE_ID);

		private final String attribute;

		Key(String attribute) {
			this.attribute = attribute;
		}

		/** The attribute that is compared. */
		public String attribute() {
			return this.attribute;
		}

		/**
		 * A value as accounts without a directory user carry it; null for none, and for
		 * an address, which has a field of its own.
		 */
		public @Nullable String of(@Nullable String value) {
			String text = (value != null) ? Text.clean(value) : "";
			if (this == EMAIL || text.isEmpty()) {
				return null;
			}
			return this.attribute + ":" + ((this == UPN) ? text.toLowerCase(Locale.ROOT) : text);
		}

		@Nullable String of(Attributes attributes) {
			return (this != EMAIL) ? of(attributes.text(this.attribute)) : null;
		}

	}

	/** When an account is made where none matches. */
	public enum Create {

		/** At once. */
		AT_ONCE,
		/** When a person says so: until then the user is available. */
		WHEN_ASKED

	}

}
