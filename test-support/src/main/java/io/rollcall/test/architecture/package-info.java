/**
 * The architecture as tests. {@link io.rollcall.test.architecture.ArchitectureRules} says
 * the rules of one service; {@link io.rollcall.test.architecture.ServiceArchitecture}
 * applies them in that service's own build.
 */
@NullMarked
package io.rollcall.test.architecture;

import org.jspecify.annotations.NullMarked;
