/** The alerts that in-app consumers read. */
@NullMarked
package io.rollcall.model.alert;

import org.jspecify.annotations.NullMarked;
