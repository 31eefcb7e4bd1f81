package io.rollcall.reconciler.flow;

import java.util.List;
import java.util.Map;

import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Rules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/** Rules that fail for one object do not fail for others. */
class BadObservationsTests {

	/** Without a scope nobody can say whether a guest is in it. */
	private static final Rules BROKEN_FOR_GUESTS = new Rules(2, 1, null, Map.of(), null, Rules.Guard.standard());

	private static MongoPorts ports;

	@BeforeAll
	static void start() {
		ports = MongoPorts.fresh();
	}

	@AfterAll
	static void stop() {
		ports.close();
	}

	@Test
	void namesTheRecordForWhichTheRulesFail() {
		Tenant tenant = new Tenant(ports, ports.storage(), "broken");
		tenant.rules = BROKEN_FOR_GUESTS;
		Reconciling reconciling = tenant.reconciling(CrashPoints.NONE);
		List<Batch.Entry> entries = List.of(new Batch.Entry(3, 4, false, tenant.person("a", "Ada", "ada@example.org")),
				new Batch.Entry(3, 5, false,
						tenant.user("g", "displayName", "Guest", "mail", "g@example.org", "userType", "Guest")),
				new Batch.Entry(3, 6, false, tenant.person("b", "Bob", "bob@example.org")));
		assertThatThrownBy(() -> reconciling.apply(new Batch(entries)).block()).asInstanceOf(type(BadObservation.class))
			.satisfies((failed) -> {
				assertThat(failed.isAt(3, 5)).isTrue();
				assertThat(failed.reason()).startsWith("the rules fail for con-broken:g: ")
					.endsWith("Redrive it when they are repaired");
			});
		reconciling.apply(new Batch(List.of(entries.get(0), entries.get(2)))).block();
		assertThat(ports.allAccounts(tenant.organization)).hasSize(2);
	}

	/** What may pass is no record's fault. */
	@Test
	void blamesNoRecordForWhatMayPass() {
		Tenant tenant = new Tenant(ports, ports.storage(), "passing");
		Reconciling reconciling = tenant.reconciling((step) -> {
			throw new IllegalStateException("the database is away");
		});
		assertThatThrownBy(() -> reconciling
			.apply(new Batch(List.of(new Batch.Entry(3, 4, false, tenant.person("a", "Ada", "ada@example.org")))))
			.block()).isInstanceOf(IllegalStateException.class).hasMessage("the database is away");
	}

}
