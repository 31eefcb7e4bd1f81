package io.rollcall.reconciler.flow.apply;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.model.Reason;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.mapping.EmailMapping;
import io.rollcall.reconciler.rules.mapping.Expression;
import io.rollcall.reconciler.rules.mapping.Mapping;
import io.rollcall.reconciler.rules.mapping.Mapping.Field;
import io.rollcall.reconciler.rules.mapping.Mapping.WhenEmpty;
import io.rollcall.reconciler.rules.scope.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What mappings make of people, from what Graph says to the account. */
class MappingStoriesTests {

	private static final String LEVEL = "extension_b7d8e648520f41d3b9c0fdeb91768a0a_level";

	private static final AtomicInteger TENANTS = new AtomicInteger();

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	private Tenant tenant;

	private Rules rules = Rules.standard();

	@BeforeEach
	void freshTenant() {
		this.tenant = new Tenant(ports, "m" + TENANTS.incrementAndGet());
	}

	@AfterEach
	void theLogTellsWhatIsStored() {
		ChangeLog.assertTellsWhatIsStored(this.tenant, false);
	}

	@Test
	void anAttributeThatWasNeverReadLandsOnceItIsRead() {
		reads(this.tenant.person("ada", "Ada", "a@x.org"));
		publishes(Mapping.of(Map.of("phone", "firstOf(businessPhones)", "level", "join('-', 'L', " + LEVEL + ")",
				"cost", "onPremisesExtensionAttributes.extensionAttribute1")));
		assertThat(this.rules.userAttributes()).contains("businessPhones", LEVEL, "onPremisesExtensionAttributes");
		assertThat(account("ada").fields()).containsOnlyKeys("displayName", "email");
		reads(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "businessPhones", List.of("+47 22"),
				LEVEL, 4, "onPremisesExtensionAttributes", Map.of("extensionAttribute1", "CC-7")));
		assertThat(account("ada").fields()).containsEntry("phone", "+47 22")
			.containsEntry("level", "L-4")
			.containsEntry("cost", "CC-7");
		assertThat(this.tenant.changesOf("ada")).containsExactly("CREATED", "UPDATED");
	}

	@Test
	void anEmptySourceClearsOrKeeps() {
		publishes(mapping("displayName", new Field(Expression.parse("jobTitle"), WhenEmpty.CLEAR),
				new Field(Expression.parse("mobilePhone"), WhenEmpty.KEEP)));
		reads(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org", "jobTitle", "Engineer", "mobilePhone",
				"+47 9"));
		assertThat(account("ada").fields()).containsEntry("one", "Engineer").containsEntry("two", "+47 9");
		reads(this.tenant.user("ada", "displayName", "Ada", "mail", "a@x.org"));
		assertThat(account("ada").fields()).doesNotContainKey("one").containsEntry("two", "+47 9");
		publishes(mapping("displayName", new Field(Expression.parse("default(jobTitle, 'Employee')"), WhenEmpty.CLEAR),
				new Field(Expression.parse("mobilePhone"), WhenEmpty.CLEAR)));
		assertThat(account("ada").fields()).containsEntry("one", "Employee").doesNotContainKey("two");
	}

	@Test
	void aNameThatIsMadeOfWhatWasNeverReadHoldsOnlyWhoIsNew() {
		reads(this.tenant.person("ada", "Ada", "a@x.org"));
		publishes(mapping("firstOf(" + LEVEL + ", displayName)"));
		this.tenant.settles(this.tenant.person("bob", "Bob", "b@x.org"));
		assertThat(account("ada").held()).isNull();
		assertThat(account("ada").name()).isEqualTo("Ada");
		assertThat(account("bob").status()).isEqualTo(Status.WAITING);
		assertThat(account("bob").held()).isEqualTo(Reason.of(Reason.Code.NAME_MISSING));
		reads(this.tenant.person("bob", "Bob", "b@x.org"));
		assertThat(account("bob").status()).isEqualTo(Status.ACTIVE);
		assertThat(account("bob").name()).isEqualTo("Bob");
	}

	@Test
	void aGuestHasTheAddressOfHome() {
		this.rules = Rules.standard().as(2).with(Scope.everyone(true, false));
		this.tenant.rules(this.rules);
		reads(this.tenant.user("gus", "displayName", "Gus", "userType", "Guest", "userPrincipalName",
				"gus_fabrikam.com#EXT#@contoso.onmicrosoft.com"),
				this.tenant.user("grace", "displayName", "Grace", "userType", "Guest", "otherMails",
						List.of("grace@navy.example"), "userPrincipalName",
						"g_fabrikam.com#EXT#@contoso.onmicrosoft.com"));
		assertThat(account("gus").emailKey()).isEqualTo("gus@fabrikam.com");
		assertThat(account("grace").emailKey()).isEqualTo("grace@navy.example");
	}

	@Test
	void whoHasOnlyTheTenantsOwnAddressWaitsForTheMailbox() {
		reads(this.tenant.user("ada", "displayName", "Ada", "userPrincipalName", "ada@contoso.onmicrosoft.com"));
		assertThat(account("ada").status()).isEqualTo(Status.WAITING);
		assertThat(account("ada").held()).isEqualTo(Reason.of(Reason.Code.EMAIL_MISSING));
		reads(this.tenant.user("ada", "displayName", "Ada", "mail", "ada@contoso.com", "userPrincipalName",
				"ada@contoso.onmicrosoft.com"));
		assertThat(account("ada").status()).isEqualTo(Status.ACTIVE);
		assertThat(account("ada").emailKey()).isEqualTo("ada@contoso.com");
		// Whoever loses the mailbox keeps the account and its address.
		reads(this.tenant.user("ada", "displayName", "Ada L.", "userPrincipalName", "ada@contoso.onmicrosoft.com"));
		assertThat(account("ada").held()).isEqualTo(Reason.of(Reason.Code.EMAIL_MISSING));
		assertThat(account("ada").emailKey()).isEqualTo("ada@contoso.com");
		assertThat(account("ada").name()).isEqualTo("Ada L.");
	}

	@Test
	void whoWantsTheTenantsOwnAddressesGetsThem() {
		publishes(new Mapping(Mapping.standard().displayName(), new EmailMapping(EmailMapping.From.UPN, true),
				new TreeMap<>()));
		reads(this.tenant.user("ada", "displayName", "Ada", "mail", "ada@contoso.com", "userPrincipalName",
				"ada@contoso.onmicrosoft.com"));
		assertThat(account("ada").emailKey()).isEqualTo("ada@contoso.onmicrosoft.com");
	}

	private Account account(String object) {
		return this.tenant.account(object);
	}

	/** Rules that everybody is decided by anew. */
	private void publishes(Mapping mapping) {
		this.rules = this.rules.as(this.rules.version() + 1).with(mapping);
		this.tenant.rules(this.rules);
		this.tenant.accounts()
			.forEach((account) -> this.tenant.decides(Why.RULES, String.valueOf(account.object().object())));
		this.tenant.settles();
	}

	/** What the connector reads then: all that the rules need. */
	private void reads(Cell... cells) {
		for (Cell cell : cells) {
			this.tenant.says(Topics.OBSERVATIONS,
					new Observation.CellsObserved(this.tenant.organization, this.tenant.connection, this.tenant.source,
							this.tenant.now().sequence(),
							this.tenant.partitionOf(this.tenant.key(cell.object().value())), null,
							this.rules.userAttributes(), List.of(cell)));
		}
		this.tenant.settles();
	}

	private static Mapping mapping(String displayName, Field... fields) {
		TreeMap<String, Field> all = new TreeMap<>();
		List<String> names = List.of("one", "two");
		for (int i = 0; i < fields.length; i++) {
			all.put(names.get(i), fields[i]);
		}
		return new Mapping(Expression.parse(displayName), Mapping.standard().email(), all);
	}

}
