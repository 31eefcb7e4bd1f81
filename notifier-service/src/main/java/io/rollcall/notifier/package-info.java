/**
 * Turns changes and failures into alerts: inbox and e-mail. The wiring is here;
 * {@code rules} decide what people are told, {@code flow} does it in order,
 * {@code kafka}, {@code mongo}, {@code mail} and {@code web} connect it to the world.
 */
@NullMarked
package io.rollcall.notifier;

import org.jspecify.annotations.NullMarked;
