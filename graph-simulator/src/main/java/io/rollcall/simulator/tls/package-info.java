/**
 * A certificate authority of one's own, because msal4j speaks to https authorities only.
 */
@NullMarked
package io.rollcall.simulator.tls;

import org.jspecify.annotations.NullMarked;
