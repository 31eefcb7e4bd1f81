package io.rollcall.simulator.identity;

import org.jspecify.annotations.Nullable;

/**
 * An error of Entra ID.
 *
 * @param code the number after AADSTS
 * @param status of the token endpoint
 * @param error the OAuth error word
 * @param atToken whether the token endpoint answers it
 * @param atConsent whether the consent page does
 * @param message what is wrong, in our own words
 */
public record SignInError(int code, int status, String error, @Nullable String suberror, boolean atToken,
		boolean atConsent, String message) {
}
