package io.rollcall.connector.flow.read;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.sun.management.ThreadMXBean;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The edges of a FULL run. */
class HeldEdgesTests {

	@Test
	void holdsTheNewestOfWhatWasSaid() {
		for (long seed = 0; seed < 200; seed++) {
			Random random = new Random(seed);
			HeldEdges edges = new HeldEdges();
			Map<String, Set<String>> truth = new HashMap<>();
			for (int i = 0; i < 300; i++) {
				String member = "u" + random.nextInt(8);
				String group = "g" + random.nextInt(8);
				boolean present = random.nextBoolean();
				edges.take(List.of(edge(member, group, present)));
				Set<String> in = truth.computeIfAbsent(member, (_) -> new HashSet<>());
				if (present) {
					in.add(group);
				}
				else {
					in.remove(group);
				}
			}
			int sum = truth.values().stream().mapToInt(Set::size).sum();
			assertThat(edges.size()).as("seed %d", seed).isEqualTo(sum);
			truth.forEach((member, in) -> assertThat(edges.ride(new ObjectId(member), ObjectKind.USER).groups())
				.extracting(ObjectId::value)
				.containsExactlyInAnyOrderElementsOf(in));
		}
	}

	@Test
	void remembersAManagerWhenTheUserComesAgainWithoutOne() {
		HeldEdges edges = new HeldEdges();
		edges.take(List.of(new Cell.ManagerRead(0, new ObjectId("u"), new ObjectId("m"))));
		assertThat(edges.ride(new ObjectId("u"), ObjectKind.USER).manager()).isEqualTo(new ObjectId("m"));
		assertThat(edges.ride(new ObjectId("u"), ObjectKind.USER).manager()).isEqualTo(new ObjectId("m"));
		edges.take(List.of(new Cell.ManagerRead(0, new ObjectId("u"), null)));
		assertThat(edges.ride(new ObjectId("u"), ObjectKind.USER).manager()).isNull();
	}

	@Test
	void givesSingleEdgesOfThoseWhomNoPageBroughtOnly() {
		HeldEdges edges = new HeldEdges();
		edges.listed(new ObjectId("g"), ObjectKind.GROUP);
		edges.take(List.of(edge("u", "g", true), edge("v", "g", true)));
		edges.groups(0, 100, new ArrayList<>());
		edges.ride(new ObjectId("u"), ObjectKind.USER);
		List<Cell> left = new ArrayList<>();
		assertThat(edges.left(0, 100, left)).isNegative();
		assertThat(left).containsExactly(edge("v", "g", true));
	}

	@Test
	void listsGroupsInPortionsEmptyOnesToo() {
		HeldEdges edges = new HeldEdges();
		for (int i = 0; i < 10; i++) {
			edges.listed(new ObjectId("g" + i), ObjectKind.GROUP);
		}
		edges.take(List.of(new Cell.EdgeRead(0, new ObjectId("g3"), ObjectKind.GROUP, ContainerKind.ADMINISTRATIVE_UNIT,
				new ObjectId("a"), true)));
		Map<String, Edges> seen = new HashMap<>();
		for (int cursor = 0; cursor >= 0;) {
			List<Cell> cells = new ArrayList<>();
			cursor = edges.groups(cursor, 3, cells);
			assertThat(cells).hasSizeLessThanOrEqualTo(3);
			cells.forEach((cell) -> seen.put(cell.object().value(), ((Cell.EdgesRead) cell).edges()));
		}
		assertThat(seen).hasSize(10);
		assertThat(seen.get("g3").units()).containsExactly(new ObjectId("a"));
		assertThat(seen.get("g4")).isEqualTo(Edges.NONE);
	}

	@Test
	void endsTheEdgesOfWhoeverAListingOfAContainerHasNot() {
		HeldEdges edges = new HeldEdges();
		edges.take(List.of(edge("u", "g", true), edge("v", "g", true), edge("v", "h", true)));
		edges.beginListing(new ObjectId("g"));
		edges.take(List.of(edge("u", "g", true)));
		edges.endListing(new ObjectId("g"));
		assertThat(edges.ride(new ObjectId("u"), ObjectKind.USER).groups()).containsExactly(new ObjectId("g"));
		assertThat(edges.ride(new ObjectId("v"), ObjectKind.USER).groups()).containsExactly(new ObjectId("h"));
	}

	/** What a live read says between two pages of a listing is newer than both. */
	@Test
	void keepsWhoJoinsWhileAContainerIsListed() {
		HeldEdges edges = new HeldEdges();
		edges.take(List.of(edge("u", "g", true), edge("v", "g", true), edge("w", "g", true)));
		edges.beginListing(new ObjectId("g"));
		edges.take(List.of(edge("u", "g", true)));
		edges.take(List.of(edge("x", "g", true), edge("w", "g", false), edge("w", "g", true), edge("u", "g", false)));
		edges.endListing(new ObjectId("h"));
		edges.endListing(new ObjectId("g"));
		assertThat(List.of("u", "v", "w", "x"))
			.filteredOn((user) -> !edges.ride(new ObjectId(user), ObjectKind.USER).groups().isEmpty())
			.containsExactly("w", "x");
	}

	/**
	 * Thousands of groups may be listed by their ids while a FULL run holds a million
	 * ids.
	 */
	@Test
	void makesNothingOfTheIdsThatAListingDoesNotHave() {
		HeldEdges edges = new HeldEdges();
		for (int user = 0; user < 100_000; user++) {
			edges.take(List.of(edge("user-" + user, "everybody", true)));
		}
		ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = thread.getCurrentThreadAllocatedBytes();
		edges.beginListing(new ObjectId("everybody"));
		edges.take(List.of(edge("user-7", "everybody", true)));
		edges.endListing(new ObjectId("everybody"));
		assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
		assertThat(edges.size()).isOne();
	}

	/** 5,000,000 edges of 1,000,000 objects are to fit into about 100 MB. */
	@Test
	void holdsAMillionEdgesInLittleMemory() {
		List<ObjectId> groups = new ArrayList<>();
		for (int i = 0; i < 2_000; i++) {
			groups.add(new ObjectId("00000000-aaaa-4000-8000-%012d".formatted(i)));
		}
		long before = used();
		HeldEdges edges = new HeldEdges();
		for (int user = 0; user < 200_000; user++) {
			ObjectId member = new ObjectId("00000000-bbbb-4000-8000-%012d".formatted(user));
			for (int i = 0; i < 5; i++) {
				edges.take(List.of(new Cell.EdgeRead(0, member, ObjectKind.USER, ContainerKind.GROUP,
						groups.get((user + i * 397) % groups.size()), true)));
			}
		}
		long after = used();
		assertThat(edges.size()).isEqualTo(1_000_000);
		assertThat(after - before).isLessThan(30L * 1024 * 1024);
	}

	private static long used() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private static Cell.EdgeRead edge(String member, String group, boolean present) {
		return new Cell.EdgeRead(0, new ObjectId(member), ObjectKind.USER, ContainerKind.GROUP, new ObjectId(group),
				present);
	}

}
