/**
 * The console's place: one page, and a way to the services' APIs from the same origin.
 * {@code web/} serves the page and forwards {@code /connector/**},
 * {@code /reconciler/**}, {@code /notifier/**} and {@code /simulator/**}.
 */
@NullMarked
package io.rollcall.console;

import org.jspecify.annotations.NullMarked;
