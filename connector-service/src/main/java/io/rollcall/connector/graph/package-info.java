/**
 * Microsoft Graph and the token endpoint: the only package that knows Microsoft's
 * libraries. {@code GraphTenants} reads pages and objects ({@code PageParser}),
 * {@code GraphSubscriptions} keeps subscriptions; both ask by {@code GraphHttp}, which
 * has a connection's token from {@code Tokens} and every failure translated by
 * {@code Failures}.
 */
@NullMarked
package io.rollcall.connector.graph;

import org.jspecify.annotations.NullMarked;
