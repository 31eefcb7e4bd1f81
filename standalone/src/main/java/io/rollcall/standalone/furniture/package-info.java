/** What the services need around them, embedded or simulated. */
@NullMarked
package io.rollcall.standalone.furniture;

import org.jspecify.annotations.NullMarked;
