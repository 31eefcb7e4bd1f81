package io.rollcall.simulator.tenant;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The directory by itself. */
class TenantTests {

	@Test
	void theSameSizeAndSeedGiveTheSameTenant() {
		assertThat(print(tenant(500, 42))).isEqualTo(print(tenant(500, 42)));
		assertThat(print(tenant(500, 42))).isNotEqualTo(print(tenant(500, 43)));
	}

	/** Changing this digest changes every seeded tenant that anybody wrote down. */
	@Test
	void theSeededTenantIsTheOneItAlwaysWas() {
		Tenant tenant = tenant(100, 7);
		assertThat(tenant.id()).isEqualTo(TenantSpec.of(100, 7).id());
		assertThat(tenant.<Object>read((directory) -> directory.value(Kind.USER, 0, Attribute.DISPLAY_NAME)))
			.isEqualTo("Isabel Bianchi");
		assertThat(tenant.<Object>read((directory) -> directory.ids().id(Kind.USER, 0)))
			.isEqualTo("27cf1707-c6e1-401f-99ec-ac0e2e94e781");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 9, 31, 100, 999, 5000 })
	void tenantsOfAnySizeHaveDistinctSortedMembersInRange(int users) {
		Tenant tenant = tenant(users, users);
		tenant.read((directory) -> {
			for (int group = 0; group < directory.count(Kind.GROUP); group++) {
				for (int i = 0; i < directory.memberCount(Kind.GROUP, group); i++) {
					int member = directory.memberAt(Kind.GROUP, group, i);
					assertThat(member).isLessThan(users);
					if (i > 0) {
						assertThat(member).isGreaterThan(directory.memberAt(Kind.GROUP, group, i - 1));
					}
				}
			}
			return 0;
		});
	}

	@Test
	void aUserIsInFiveGroupsOnAverage() {
		assertThat(tenant(10_000, 3).read(Directory::memberships)).isBetween(49_000L, 51_000L);
	}

	@Test
	void idsAreUniqueAndLeadBackToTheirObject() {
		ObjectIds ids = new ObjectIds(99);
		Set<String> seen = new HashSet<>();
		for (int index = 0; index < 50_000; index++) {
			for (Kind kind : Kind.values()) {
				String id = ids.id(kind, index);
				assertThat(seen.add(id)).isTrue();
				assertThat(ids.find(id)).isEqualTo(new ObjectRef(kind, index));
			}
		}
		assertThat(ids.find("632f6bb2-3ec8-4c1f-9073-0027a8c6859")).isNull();
		assertThat(new ObjectIds(98).find(ids.id(Kind.USER, 1))).isNull();
	}

	@Test
	void mailAddressesAreUniqueUnlessFlawsAreWanted() {
		Set<Object> mails = new HashSet<>();
		tenant(3000, 5).read((directory) -> {
			for (int user = 0; user < 3000; user++) {
				assertThat(mails.add(directory.value(Kind.USER, user, Attribute.MAIL))).isTrue();
			}
			return 0;
		});
	}

	@Test
	void managersNeverGoInCircles() {
		tenant(2000, 5).read((directory) -> {
			for (int user = 0; user < 2000; user++) {
				assertThat(directory.manager(user)).isLessThan(Math.max(1, user));
			}
			return 0;
		});
	}

	@Test
	void whatCannotHappenIsRefused() {
		Tenant tenant = tenant(10, 1);
		ObjectRef user = new ObjectRef(Kind.USER, 1);
		tenant.act(new Act.Delete(user));
		assertThatThrownBy(() -> tenant.act(new Act.Delete(user))).isInstanceOf(ActRefused.class);
		assertThatThrownBy(() -> tenant.act(new Act.Change(user, Map.of(Attribute.CITY, "Rome"))))
			.isInstanceOf(ActRefused.class);
		tenant.act(new Act.Purge(user));
		assertThatThrownBy(() -> tenant.act(new Act.Restore(user))).isInstanceOf(ActRefused.class);
	}

	@Test
	void nothingIsToldWhenNothingChanged() {
		Tenant tenant = tenant(10, 1);
		ObjectRef user = new ObjectRef(Kind.USER, 1);
		tenant.act(new Act.Change(user, Map.of(Attribute.CITY, "Rome")));
		int before = tenant.read((directory) -> directory.log().size());
		tenant.act(new Act.Change(user, Map.of(Attribute.CITY, "Rome")));
		assertThat(tenant.<Object>read((directory) -> directory.log().size())).isEqualTo(before);
	}

	private static Tenant tenant(int users, long seed) {
		return new Tenant(TenantSpec.of(users, seed), InstantSource.system());
	}

	private static String print(Tenant tenant) {
		return tenant.read((directory) -> {
			StringBuilder text = new StringBuilder(tenant.id());
			for (Kind kind : Kind.values()) {
				for (int index = 0; index < directory.count(kind); index++) {
					text.append('\n').append(directory.ids().id(kind, index));
					for (Attribute attribute : Attribute.of(kind)) {
						text.append('|').append(directory.value(kind, index, attribute));
					}
					if (kind != Kind.USER) {
						for (int i = 0; i < directory.memberCount(kind, index); i++) {
							text.append(',').append(directory.memberAt(kind, index, i));
						}
					}
				}
			}
			return text.toString();
		});
	}

}
