/**
 * Connecting a tenant through the installation's own multi-tenant application. Whoever
 * wants it gives an administrator a link. Its page says who asked for what; from there
 * the administrator gives consent at Microsoft and signs in.
 * <p>
 * What comes back from the consent page proves nothing: anybody can write such an
 * address, and another organization may have the tenant's consent already. Only the
 * sign-in does, as Entra itself tells us who it was: an administrator of the tenant that
 * was asked for, with the nonce of this request, in the browser that saw who asks. Each
 * state is used once, whatever comes of it; a link works until somebody has consented.
 */
@NullMarked
package io.rollcall.connector.flow.consent;

import org.jspecify.annotations.NullMarked;
