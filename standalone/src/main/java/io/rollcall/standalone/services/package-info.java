/** Rollcall's own services, each a Spring context of its own as in its own process. */
@NullMarked
package io.rollcall.standalone.services;

import org.jspecify.annotations.NullMarked;
