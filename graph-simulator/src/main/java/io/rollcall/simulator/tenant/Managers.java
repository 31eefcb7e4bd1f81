package io.rollcall.simulator.tenant;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Who leads whom. */
final class Managers {

	private int[] managers;

	Managers(GeneratedUsers generated, int users) {
		this.managers = new int[Math.max(16, users)];
		Arrays.fill(this.managers, Directory.NO_MANAGER);
		for (int user = 0; user < users; user++) {
			this.managers[user] = generated.manager(user);
		}
	}

	int of(int user) {
		return this.managers[user];
	}

	void set(int user, int manager) {
		this.managers[user] = manager;
	}

	List<Integer> reportsOf(int manager, int users) {
		return IntStream.range(0, users).filter((user) -> this.managers[user] == manager).boxed().toList();
	}

	void grow(int users) {
		if (users > this.managers.length) {
			int before = this.managers.length;
			this.managers = Arrays.copyOf(this.managers, users + (users >> 2));
			Arrays.fill(this.managers, before, this.managers.length, Directory.NO_MANAGER);
		}
	}

}
