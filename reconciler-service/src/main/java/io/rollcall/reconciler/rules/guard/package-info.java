/**
 * How much may go without asking a person. {@link GuardPolicy} answers for one set of one
 * kind; which sets there are, and what is done with them, is {@code flow.coordinate}'s.
 */
@NullMarked
package io.rollcall.reconciler.rules.guard;

import org.jspecify.annotations.NullMarked;
