/**
 * Microsoft Graph and the token endpoint: the only package that knows Microsoft's
 * libraries. {@code GraphTenants} reads pages and objects as a JSON stream
 * ({@code PageParser}), {@code GraphSubscriptions} uses the SDK; both get a connection's
 * client from {@code GraphClients}, its token from {@code Tokens}, and have every failure
 * translated by {@code Failures}.
 */
@NullMarked
package io.rollcall.connector.graph;

import org.jspecify.annotations.NullMarked;
