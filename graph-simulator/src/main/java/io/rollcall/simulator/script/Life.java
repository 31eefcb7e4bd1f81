package io.rollcall.simulator.script;

import java.util.List;
import java.util.random.RandomGenerator;

import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;

/**
 * Chooses what happens next in a tenant that nobody directs: mostly small changes, now
 * and then a leaver.
 */
final class Life {

	private static final List<String> GIVEN = List.of("Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Margaret",
			"Niklaus", "Radia", "Ken", "Frances", "Dennis", "Hedy", "Claude", "Katherine", "John");

	private static final List<String> SURNAMES = List.of("Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth",
			"Hamilton", "Wirth", "Perlman", "Thompson", "Allen", "Ritchie", "Lamarr", "Shannon", "Johnson", "Backus");

	private static final List<String> TITLES = List.of("Engineer", "Senior Engineer", "Team Lead", "Analyst",
			"Designer", "Director", "Consultant", "Architect");

	private static final List<String> DEPARTMENTS = List.of("Engineering", "Sales", "Marketing", "Finance",
			"Operations", "Legal", "Customer Support", "Logistics");

	private Life() {
	}

	static List<String> choose(Directory directory, References who, RandomGenerator random) {
		String user = directory.ids().id(who.random(Kind.USER));
		String group = directory.ids().id(who.random(Kind.GROUP));
		boolean bin = directory.softDeleted(Kind.USER).iterator().hasNext();
		int dice = random.nextInt(100);
		if (dice < 20) {
			return List.of("rename", user, pick(GIVEN, random) + ' ' + pick(SURNAMES, random));
		}
		if (dice < 35) {
			return List.of("set", user, "jobTitle", pick(TITLES, random));
		}
		if (dice < 40) {
			return List.of("clear", user, "mobilePhone");
		}
		if (dice < 50) {
			return List.of("move", user, pick(DEPARTMENTS, random));
		}
		if (dice < 66) {
			return List.of("join", user, group);
		}
		if (dice < 76) {
			return List.of(hasMembers(directory, group) ? "leave" : "join", "@random", group);
		}
		if (dice < 85) {
			return List.of("hire", pick(GIVEN, random), pick(SURNAMES, random));
		}
		if (dice < 89) {
			return List.of("manager", user, directory.ids().id(who.random(Kind.USER)));
		}
		if (dice < 92) {
			return List.of("disable", user);
		}
		if (dice < 94) {
			return List.of("enable", user);
		}
		if (dice < 97 || !bin) {
			return List.of("delete", user);
		}
		return List.of((dice < 99) ? "restore" : "purge", "@deleted");
	}

	private static boolean hasMembers(Directory directory, String group) {
		ObjectRef ref = directory.ids().find(group);
		return ref != null && directory.memberCount(Kind.GROUP, ref.index()) > 0;
	}

	private static String pick(List<String> words, RandomGenerator random) {
		return words.get(random.nextInt(words.size()));
	}

}
