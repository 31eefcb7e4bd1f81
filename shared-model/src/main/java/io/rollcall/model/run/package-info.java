/**
 * The life of runs and connections, for people and for the services that wait for them.
 */
@NullMarked
package io.rollcall.model.run;

import org.jspecify.annotations.NullMarked;
