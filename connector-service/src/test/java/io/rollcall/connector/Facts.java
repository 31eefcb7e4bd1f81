package io.rollcall.connector;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.Observation.CellsObserved;
import tools.jackson.databind.JsonNode;

/**
 * A tenant in a form in which what was published can be compared with what is true:
 * attributes of living objects, their managers, and edges between living objects.
 */
record Facts(Map<String, String> objects, Map<String, String> managers, Set<String> edges) {

	static Facts ofTruth(List<JsonNode> lines) {
		Map<String, String> objects = new TreeMap<>();
		Map<String, String> managers = new TreeMap<>();
		Set<String> edges = new TreeSet<>();
		for (JsonNode line : lines) {
			if (!line.path("kind").asString().equals("membership") && line.path("state").asString().equals("live")) {
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
		for (JsonNode line : lines) {
			if (line.path("kind").asString().equals("membership")) {
				edge(objects, edges, line.path("container").asString(), line.path("member").asString());
			}
		}
		return new Facts(objects, managers, edges);
	}

	/** What a reader who merges cell by cell knows after all of these. */
	static Facts ofCells(List<CellsObserved> records) {
		Merge merge = new Merge();
		for (CellsObserved record : records) {
			record.cells().forEach((cell) -> merge.take(cell, record.stamp(cell)));
		}
		return merge.facts();
	}

	private static void edge(Map<String, String> objects, Set<String> edges, String container, String member) {
		if (objects.containsKey(container) && objects.containsKey(member)) {
			edges.add(container + "<" + member);
		}
	}

	private static String described(String name, String upn, String title) {
		return name + "|" + upn + "|" + title;
	}

	/** Cells by what they say, the newest of each. */
	private static final class Merge {

		private record Of<T>(Stamp stamp, T value) {
		}

		private final Map<ObjectId, Of<Cell>> objects = new HashMap<>();

		private final Map<ObjectId, Of<ObjectId>> managers = new HashMap<>();

		private final Map<ObjectId, Of<Set<ObjectId>>> listed = new HashMap<>();

		private final Map<ObjectId, Map<ObjectId, Of<Boolean>>> edges = new HashMap<>();

		private final Map<ObjectId, Stamp> containers = new HashMap<>();

		void take(Cell cell, Stamp stamp) {
			switch (cell) {
				case Cell.ObjectRead read -> {
					newest(this.objects, read.object(), stamp, read);
					if (read.edges() != null) {
						edges(read.object(), read.edges(), stamp);
					}
				}
				case Cell.EdgesRead read -> edges(read.object(), read.edges(), stamp);
				case Cell.ManagerRead read -> newest(this.managers, read.object(), stamp, read.manager());
				case Cell.EdgeRead read -> newest(this.edges.computeIfAbsent(read.object(), (_) -> new HashMap<>()),
						read.container(), stamp, read.present());
				case Cell.ObjectGone gone -> newest(this.objects, gone.object(), stamp, gone);
				case Cell.MembersListed all ->
					this.containers.merge(all.object(), stamp, (one, other) -> one.isAfter(other) ? one : other);
				case Cell.Unreadable bad -> throw new IllegalStateException(bad.reason());
			}
		}

		private void edges(ObjectId object, Edges all, Stamp stamp) {
			Set<ObjectId> in = new HashSet<>(all.groups());
			in.addAll(all.units());
			newest(this.listed, object, stamp, in);
			newest(this.managers, object, stamp, all.manager());
		}

		private static <T> void newest(Map<ObjectId, Of<T>> known, ObjectId object, Stamp stamp, T value) {
			Of<T> there = known.get(object);
			if (there == null || !there.stamp().isAfter(stamp)) {
				known.put(object, new Of<>(stamp, value));
			}
		}

		Facts facts() {
			Map<String, String> living = new TreeMap<>();
			this.objects.forEach((id, of) -> {
				if (of.value() instanceof Cell.ObjectRead read) {
					living.put(id.value(), described(read.attributes().text("displayName"),
							read.attributes().text("userPrincipalName"), read.attributes().text("jobTitle")));
				}
			});
			Map<String, String> by = new TreeMap<>();
			this.managers.forEach((id, of) -> {
				if (of.value() != null && living.containsKey(id.value())) {
					by.put(id.value(), of.value().value());
				}
			});
			Set<String> in = new TreeSet<>();
			this.listed.forEach((member, of) -> of.value().forEach((container) -> {
				Of<Boolean> single = this.edges.getOrDefault(member, Map.of()).get(container);
				boolean stays = single == null || !single.stamp().isAfter(of.stamp()) || single.value();
				if (stays && counts(container, of.stamp())) {
					edge(living, in, container.value(), member.value());
				}
			}));
			this.edges.forEach((member, each) -> each.forEach((container, single) -> {
				Of<Set<ObjectId>> all = this.listed.get(member);
				if (single.value() && (all == null || single.stamp().isAfter(all.stamp()))
						&& counts(container, single.stamp())) {
					edge(living, in, container.value(), member.value());
				}
			}));
			return new Facts(living, by, in);
		}

		private boolean counts(ObjectId container, Stamp stamp) {
			Stamp all = this.containers.get(container);
			return all == null || !all.isAfter(stamp) || all.sequence().equals(stamp.sequence());
		}

	}

}
