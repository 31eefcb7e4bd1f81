/**
 * The connector: reads Microsoft Graph and publishes what it saw. Here the adapters
 * ({@code graph}, {@code kafka}, {@code mongo}, {@code web}) are joined to the flow,
 * which does what the rules decide.
 */
@NullMarked
package io.rollcall.connector;

import org.jspecify.annotations.NullMarked;
