package io.rollcall.reconciler.flow;

import io.rollcall.model.OrganizationId;

/** An e-mail key within its organization. */
public record EmailKey(OrganizationId organization, String key) {
}
