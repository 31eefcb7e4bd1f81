package io.rollcall.simulator.identity;

import org.jspecify.annotations.Nullable;

/**
 * What the person at the consent page does, where nobody clicks.
 *
 * @param decision what is clicked; {@link Decision#PAGE} leaves it to a person
 * @param code the number after AADSTS for {@link Decision#ERROR}
 * @param tenant the tenant that answers in place of the one asked for
 * @param adminConsent whether {@code admin_consent=True} stands beside an error; null for
 * what the endpoint does of itself
 * @param state a state that comes back in place of the one that was sent; empty for none
 */
public record ConsentScript(Decision decision, int code, @Nullable String tenant, @Nullable Boolean adminConsent,
		@Nullable String state) {

	/** A person decides. */
	public static final ConsentScript PAGE = new ConsentScript(Decision.PAGE, 65004, null, null, null);

	/** The person pressed Cancel. */
	static final int CANCELED = 65004;

	/** What can be clicked. */
	public enum Decision {

		PAGE, ACCEPT, CANCEL, ERROR

	}

}
