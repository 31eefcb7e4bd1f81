package io.rollcall.reconciler.mongo.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.ObjectKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What people look at, on a real MongoDB. */
class MongoViewsTests {

	private static final OrganizationId ORGANIZATION = new OrganizationId("org");

	/** Who waited and was given another account has two, and one of them counts. */
	@Test
	void showsTheAccountThatSomebodyHasAndNotTheOneThatWaitedForIt() {
		try (MongoPorts ports = MongoPorts.fresh()) {
			ObjectKey bea = new ObjectKey(new ConnectionId("con"), new ObjectId("bea"));
			AccountId other = new AccountId("another");
			ports.save(stored(DerivedIds.account(ORGANIZATION, bea), bea, Status.WAITING));
			ports.save(stored(other, bea, Status.ACTIVE));
			StoredAccount shown = new MongoViews(ports.database()).accountOf(ORGANIZATION, bea);
			assertThat(shown.account().id()).isEqualTo(other);
		}
	}

	private static StoredAccount stored(AccountId id, ObjectKey object, Status status) {
		return new StoredAccount(
				new Account(ORGANIZATION, id, status, Map.of(Account.DISPLAY_NAME, "Bea"), null, List.of(), object,
						List.of(), null, Account.Staged.NOTHING, null, null, 1, 1, 1),
				null, Instant.parse("2026-11-23T10:00:00Z"));
	}

}
