package io.rollcall.connector;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Observation;
import tools.jackson.databind.JsonNode;

/**
 * A tenant in a form in which what was published can be compared with what is true:
 * attributes of living objects, managers of living users, members of living containers.
 */
record Facts(Map<String, String> objects, Map<String, String> managers, Set<String> edges) {

	static Facts ofTruth(List<JsonNode> lines) {
		Map<String, String> objects = new TreeMap<>();
		Map<String, String> managers = new TreeMap<>();
		Set<String> edges = new TreeSet<>();
		for (JsonNode line : lines) {
			String kind = line.path("kind").asString();
			if (kind.equals("membership")) {
				String container = line.path("container").asString();
				if (objects.containsKey(container)) {
					edges.add(container + "<" + line.path("member").asString());
				}
			}
			else if (line.path("state").asString().equals("live")) {
				String id = line.path("id").asString();
				objects.put(id,
						described(line.path("displayName").asStringOpt().orElse(null),
								line.path("userPrincipalName").asStringOpt().orElse(null),
								line.path("jobTitle").asStringOpt().orElse(null)));
				if (line.hasNonNull("manager")) {
					managers.put(id, line.path("manager").asString());
				}
			}
		}
		return new Facts(objects, managers, edges);
	}

	/** What a reader who merges cell by cell knows after all of these. */
	static Facts ofReadings(List<Observation.Reading> readings) {
		Map<String, Observation.Reading> cells = new HashMap<>();
		for (Observation.Reading reading : readings) {
			String cell = switch (reading) {
				case Observation.ObjectObserved observed -> "o:" + observed.object();
				case Observation.ObjectRemoved removed -> "o:" + removed.object();
				case Observation.ManagerObserved manager -> "m:" + manager.object();
				case Observation.MembershipObserved edge -> "e:" + edge.container() + "<" + edge.object();
			};
			Stamp known = cells.containsKey(cell) ? cells.get(cell).stamp() : Stamp.NONE;
			if (!known.isAfter(reading.stamp())) {
				cells.put(cell, reading);
			}
		}
		Map<String, String> objects = new TreeMap<>();
		Map<String, String> managers = new TreeMap<>();
		Set<String> edges = new HashSet<>();
		cells.forEach((cell, reading) -> {
			if (reading instanceof Observation.ObjectObserved observed) {
				objects.put(observed.object().value(), described(observed.attributes().text("displayName"),
						observed.attributes().text("userPrincipalName"), observed.attributes().text("jobTitle")));
			}
		});
		cells.values().forEach((reading) -> {
			if (reading instanceof Observation.MembershipObserved edge && edge.present()
					&& objects.containsKey(edge.container().value())) {
				edges.add(edge.container() + "<" + edge.object());
			}
			if (reading instanceof Observation.ManagerObserved manager && manager.manager() != null
					&& objects.containsKey(manager.object().value())) {
				managers.put(manager.object().value(), manager.manager().value());
			}
		});
		return new Facts(objects, managers, new TreeSet<>(edges));
	}

	private static String described(String name, String upn, String title) {
		return name + "|" + upn + "|" + title;
	}

}
