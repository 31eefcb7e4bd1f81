package io.rollcall.reconciler.flow;

import java.util.List;

import io.rollcall.reconciler.rules.Team;

/** A segment after its accounts and teams were written. */
record Applied(Work work, Ledger accounts, List<Stored<Team>> teams) {
}
