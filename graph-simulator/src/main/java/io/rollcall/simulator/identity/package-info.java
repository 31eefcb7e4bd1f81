/**
 * What Entra ID does for a client: app registrations with secrets, and tokens for them.
 * <p>
 * {@code TokenEndpoint} answers {@code POST /{tenant}/oauth2/v2.0/token} out of
 * {@link io.rollcall.simulator.identity.AppRegistrations} and has
 * {@link io.rollcall.simulator.identity.AccessTokens} issue what the {@code graph}
 * package later verifies.
 */
@NullMarked
package io.rollcall.simulator.identity;

import org.jspecify.annotations.NullMarked;
