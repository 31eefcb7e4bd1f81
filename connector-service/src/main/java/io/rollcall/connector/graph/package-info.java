/**
 * Microsoft Graph and the token endpoint: the only package that knows Microsoft's
 * libraries. {@code GraphTenants} reads delta pages as a raw JSON stream
 * ({@code PageParser}, with {@code Edge} and {@code JsonValues}),
 * {@code GraphSubscriptions} uses the SDK; both get their client from
 * {@code GraphClients}, tokens from {@code Tokens}, and have every failure translated by
 * {@code Failures}.
 */
@NullMarked
package io.rollcall.connector.graph;

import org.jspecify.annotations.NullMarked;
