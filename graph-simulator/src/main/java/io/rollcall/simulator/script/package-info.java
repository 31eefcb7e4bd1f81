/**
 * Life in a tenant, as a person would write it down: one act a line.
 * <p>
 * {@link io.rollcall.simulator.script.Scripts} runs a text: {@code ScriptLine} takes a
 * line apart, {@code Acts} gives its words a meaning with the help of {@code References}
 * (who is {@code @random}?) and lets it happen in the
 * {@link io.rollcall.simulator.tenant.Tenant}. {@code Life} is the act that chooses an
 * act.
 */
@NullMarked
package io.rollcall.simulator.script;

import org.jspecify.annotations.NullMarked;
