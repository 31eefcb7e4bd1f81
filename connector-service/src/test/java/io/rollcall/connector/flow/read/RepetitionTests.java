package io.rollcall.connector.flow.read;

import java.lang.management.ManagementFactory;
import java.util.List;

import io.rollcall.connector.flow.Tenants.Page;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages that repeat without end. */
class RepetitionTests {

	private final Repetition repetition = new Repetition();

	@Test
	void noticesALinkThatLeadsBack() {
		assertThat(this.repetition.noticedIn(page("one", "b"), "a")).isFalse();
		assertThat(this.repetition.noticedIn(page("two", "c"), "b")).isFalse();
		assertThat(this.repetition.noticedIn(page("three", "a"), "c")).isTrue();
	}

	@Test
	void noticesTheSameContentUnderEverNewLinks() {
		for (int i = 0; i < 3; i++) {
			assertThat(this.repetition.noticedIn(page("one", "link" + (i + 1)), "link" + i)).isFalse();
		}
		assertThat(this.repetition.noticedIn(page("one", "link4"), "link3")).isTrue();
	}

	@Test
	void remembersTheLinksOfALargeTenantInLittleMemory() {
		String token = "t".repeat(1_500);
		long before = used();
		for (int i = 0; i < 20_000; i++) {
			assertThat(this.repetition.noticedIn(page("user-" + i, token + (i + 1)), token + i)).isFalse();
		}
		assertThat(used() - before).isLessThan(8L * 1024 * 1024);
		assertThat(this.repetition.noticedIn(page("last", token + 5), token + 20_000)).isTrue();
	}

	private static long used() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static Page page(String object, String next) {
		return new Page(List.of(new Cell.ObjectGone(0, new ObjectId(object), ObjectKind.USER, Removal.RESTORABLE)), 0,
				next, null);
	}

}
