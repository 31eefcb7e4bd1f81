/** What Graph posts and what hints ask for, stored before it is acknowledged. */
@NullMarked
package io.rollcall.connector.flow.hint;

import org.jspecify.annotations.NullMarked;
