package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.List;

import io.rollcall.reconciler.flow.Pending;
import io.rollcall.reconciler.rules.Account;

/** An account as it is stored. */
record AccountDocument(Account account, List<Pending> pending, Instant updatedAt) {

	String id() {
		return this.account.organization() + ":" + this.account.id();
	}

}
