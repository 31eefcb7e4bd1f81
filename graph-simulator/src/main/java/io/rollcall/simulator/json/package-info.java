/**
 * JSON straight into bytes: what makes a delta page cheap enough never to be a
 * benchmark's bottleneck.
 */
@NullMarked
package io.rollcall.simulator.json;

import org.jspecify.annotations.NullMarked;
