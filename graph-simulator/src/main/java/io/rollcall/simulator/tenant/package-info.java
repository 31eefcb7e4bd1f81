/**
 * A tenant that is computed, not stored: the same size and seed give the same people,
 * groups, units and memberships in every process.
 * <p>
 * A {@link io.rollcall.simulator.tenant.Tenant} guards one
 * {@link io.rollcall.simulator.tenant.Directory}. Attributes come from
 * {@code (seed, index)} each time they are asked for ({@code GeneratedUsers},
 * {@code GeneratedContainers}); {@code Objects} remembers only what life changed.
 * Memberships are sorted {@code int} arrays. Every act goes into the
 * {@link io.rollcall.simulator.tenant.ChangeLog}, from which delta is read, and is told
 * to the tenant's listeners, which send notifications.
 */
@NullMarked
package io.rollcall.simulator.tenant;

import org.jspecify.annotations.NullMarked;
