/**
 * What happened, kept in a folder, so that a tenant goes on after a restart where it was:
 * {@link ActJournal} writes each act and lets it happen again, {@link SubscriptionFile}
 * keeps who wants to be told. Delta tokens hold positions in the tenant's change log and
 * stay good, because the same acts in the same order make the same log.
 */
@NullMarked
package io.rollcall.simulator.journal;

import org.jspecify.annotations.NullMarked;
