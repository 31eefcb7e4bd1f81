/** The page, and the doors to the services. */
@NullMarked
package io.rollcall.console.web;

import org.jspecify.annotations.NullMarked;
