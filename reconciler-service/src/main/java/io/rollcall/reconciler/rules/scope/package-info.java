/**
 * Who is in. A {@code Scope} says it, as an organization published it; {@code ScopeRule}
 * is the list of rules, in the order in which they speak about a {@code Candidate}. Each
 * gives its {@code Verdict}: in, out, nothing, or that it cannot tell, as what it looks
 * at was never read.
 * <ol>
 * <li>Out is out: the first rule that says so decides, whatever others say.
 * <li>Where nobody says so, a rule against somebody that cannot tell leaves the decision
 * as it is.
 * <li>Else the first rule that says in decides.
 * <li>Where nobody says so either, a rule that cannot tell leaves the decision as it is,
 * and without one the user is out.
 * </ol>
 * Another rule is another constant of {@code ScopeRule}, at its place in that order.
 */
@NullMarked
package io.rollcall.reconciler.rules.scope;

import org.jspecify.annotations.NullMarked;
