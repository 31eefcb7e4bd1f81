package io.rollcall.simulator.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import io.rollcall.simulator.notifications.Subscription;
import io.rollcall.simulator.notifications.Subscriptions;
import io.rollcall.simulator.script.ScriptRefused;
import io.rollcall.simulator.script.Scripts;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.TenantSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ActJournalTests {

	private static final TenantSpec SPEC = TenantSpec.of(60, 7);

	@TempDir
	Path folder;

	@Test
	void aTenantGoesOnWhereItWas() {
		Tenant before = new Tenant(SPEC, InstantSource.system());
		try (ActJournal journal = ActJournal.resume(before, this.folder); Scripts scripts = new Scripts()) {
			scripts.run(before, "hire Ada Lovelace department=Research\ngroup Numbers\nset @last description First");
			scripts.run(before, "set @random extensionAttribute3 \"a b\"\nset @random businessPhones \"1, 2\"");
			live(scripts, before, 400);
		}
		Tenant after = new Tenant(SPEC, InstantSource.system());
		try (ActJournal journal = ActJournal.resume(after, this.folder)) {
			assertThat(after.acts()).isEqualTo(before.acts()).isGreaterThan(200);
			assertThat(contents(after)).isEqualTo(contents(before));
		}
	}

	@Test
	void aLineThatAKilledProcessLeftHalfWrittenIsCutOff() throws Exception {
		Tenant before = new Tenant(SPEC, InstantSource.system());
		try (ActJournal journal = ActJournal.resume(before, this.folder); Scripts scripts = new Scripts()) {
			scripts.run(before, "hire Ada Lovelace");
		}
		Files.writeString(this.folder.resolve(SPEC.id() + ".acts.jsonl"), "{\"at\":17,\"act\":\"del",
				StandardOpenOption.APPEND);
		Tenant between = new Tenant(SPEC, InstantSource.system());
		try (ActJournal journal = ActJournal.resume(between, this.folder); Scripts scripts = new Scripts()) {
			scripts.run(between, "hire Grace Hopper");
		}
		Tenant after = new Tenant(SPEC, InstantSource.system());
		try (ActJournal journal = ActJournal.resume(after, this.folder)) {
			assertThat(after.acts()).isEqualTo(2);
		}
	}

	@Test
	void aFolderOfAnotherTenantIsRefused() {
		try (ActJournal journal = ActJournal.resume(new Tenant(SPEC, InstantSource.system()), this.folder)) {
			assertThat(journal).isNotNull();
		}
		TenantSpec larger = TenantSpec.of(SPEC.id(), SPEC.domain(), SPEC.displayName(), 61, 7);
		assertThatThrownBy(() -> ActJournal.resume(new Tenant(larger, InstantSource.system()), this.folder))
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("belongs to another tenant")
			.hasMessageContaining("delete it to begin a new one");
	}

	@Test
	void subscriptionsLast() {
		Instant now = Instant.parse("2026-11-23T00:00:00Z");
		Subscriptions before = new Subscriptions(() -> now);
		SubscriptionFile.resume(before, this.folder);
		before.add(subscription("one", Kind.USER, now.plusSeconds(60)));
		before.add(subscription("two", Kind.GROUP, now.plusSeconds(60)));
		before.replace(subscription("two", Kind.GROUP, now.plusSeconds(90)));
		before.remove("one");
		Subscriptions after = new Subscriptions(() -> now);
		SubscriptionFile.resume(after, this.folder);
		assertThat(after.of(SPEC.id())).containsExactly(subscription("two", Kind.GROUP, now.plusSeconds(90)));
	}

	private static Subscription subscription(String id, Kind kind, Instant expiration) {
		return new Subscription(id, SPEC.id(), "app", "updated", kind.path(), kind, null, "http://localhost/hook", null,
				"secret", expiration, "v1_2");
	}

	private static void live(Scripts scripts, Tenant tenant, int acts) {
		for (int i = 0; i < acts; i++) {
			try {
				scripts.run(tenant, "life");
			}
			catch (ScriptRefused ex) {
				// nobody left to restore, or the like: life goes on
			}
		}
	}

	private static List<String> contents(Tenant tenant) {
		return tenant.read((directory) -> {
			List<String> all = new ArrayList<>();
			for (Kind kind : Kind.values()) {
				for (int index = 0; index < directory.count(kind); index++) {
					StringBuilder object = new StringBuilder(kind + " " + index + " "
							+ directory.isLive(new ObjectRef(kind, index)) + directory.isSoftDeleted(kind, index));
					for (Attribute attribute : Attribute.values()) {
						object.append(' ').append(directory.value(kind, index, attribute));
					}
					all.add(object.toString());
				}
			}
			all.add("log " + directory.log().size());
			return all;
		});
	}

}
