package io.rollcall.reconciler.flow.act;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.rules.Rules;

/** Rules as they were published, and by whom. */
public record PublishedRules(OrganizationId organization, ConnectionId connection, Rules rules, String by, Instant at) {
}
