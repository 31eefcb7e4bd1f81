package io.rollcall.reconciler.flow;

import java.util.Map;

import io.rollcall.reconciler.rules.Team;

/**
 * A segment after its accounts and teams were written.
 *
 * @param teams of the segment's groups
 */
record Applied(Work work, Ledger accounts, Map<ObjectWork, Stored<Team>> teams) {
}
