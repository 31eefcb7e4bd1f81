/**
 * What Entra ID does for a client: apps with their credentials, consent to them, and
 * tokens for them.
 * <p>
 * {@code TokenEndpoint} answers {@code POST /{tenant}/oauth2/v2.0/token} out of
 * {@link io.rollcall.simulator.identity.AppRegistrations}, has {@code ClientAssertions}
 * check what is shown in place of a secret, and has
 * {@link io.rollcall.simulator.identity.AccessTokens} issue what the {@code graph}
 * package later verifies. {@code ConsentEndpoint} asks a person whether an
 * {@link io.rollcall.simulator.identity.Application} may be used in a tenant.
 */
@NullMarked
package io.rollcall.simulator.identity;

import org.jspecify.annotations.NullMarked;
