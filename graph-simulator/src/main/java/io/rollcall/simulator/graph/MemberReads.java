package io.rollcall.simulator.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a group or unit, directly or through nested groups, and what somebody is in.
 */
final class MemberReads {

	private final ObjectReads objects;

	MemberReads(ObjectReads objects) {
		this.objects = objects;
	}

	GraphResponse members(Kind kind, String id, GraphRequest request, @Nullable Kind cast) {
		return request.tenant().read((directory) -> {
			ObjectRef container = this.objects.find(kind, id, directory, request);
			int[] members = direct(directory, kind, container.index()).toArray();
			return page(directory, request, members, cast);
		});
	}

	GraphResponse transitiveMembers(String id, GraphRequest request, @Nullable Kind cast) {
		return request.tenant().read((directory) -> {
			ObjectRef group = this.objects.find(Kind.GROUP, id, directory, request);
			Set<Integer> all = new TreeSet<>();
			Set<Integer> seen = new HashSet<>();
			Deque<Integer> open = new ArrayDeque<>(List.of(group.index()));
			while (!open.isEmpty()) {
				int next = open.removeFirst();
				if (seen.add(next) && directory.isLive(Kind.GROUP, next)) {
					direct(directory, Kind.GROUP, next).forEach((member) -> {
						all.add(member);
						if (member < 0) {
							open.add(~member);
						}
					});
				}
			}
			return page(directory, request, all.stream().mapToInt(Integer::intValue).toArray(), cast);
		});
	}

	/** Groups only: what administrative units somebody is in is left out. */
	GraphResponse memberOf(String id, GraphRequest request, boolean transitive) {
		return request.tenant().read((directory) -> {
			ObjectRef user = this.objects.find(Kind.USER, id, directory, request);
			Set<Integer> groups = new TreeSet<>();
			Deque<Integer> open = new ArrayDeque<>(List.of(user.asMember()));
			while (!open.isEmpty()) {
				for (int group : directory.containersOf(Kind.GROUP, open.removeFirst())) {
					if (groups.add(~group) && transitive) {
						open.add(~group);
					}
				}
			}
			return page(directory, request, groups.stream().mapToInt(Integer::intValue).toArray(), Kind.GROUP);
		});
	}

	static @Nullable Kind cast(String segment) {
		return switch (segment.toLowerCase(Locale.ROOT).replace("microsoft.", "")) {
			case "graph.user" -> Kind.USER;
			case "graph.group" -> Kind.GROUP;
			case "graph.administrativeunit" -> Kind.UNIT;
			default -> null;
		};
	}

	private static IntStream direct(Directory directory, Kind kind, int container) {
		return IntStream.range(0, directory.memberCount(kind, container))
			.map((position) -> directory.memberAt(kind, container, position));
	}

	/** Soft-deleted members keep their membership but are not listed here. */
	private static GraphResponse page(Directory directory, GraphRequest request, int[] members, @Nullable Kind cast) {
		Paging paging = Paging.of(request);
		String select = request.option("$select");
		boolean full = request.app().hasAny("User.Read.All", "Directory.Read.All");
		ObjectRef[] listed = IntStream.of(members)
			.mapToObj(ObjectRef::ofMember)
			.filter((ref) -> directory.isLive(ref) && (cast == null || ref.kind() == cast))
			.toArray(ObjectRef[]::new);
		if (request.path().getLast().equals("$count")) {
			return GraphResponse.text(String.valueOf(listed.length));
		}
		JsonBytes value = new JsonBytes(paging.size() * 256);
		ObjectWriter writer = new ObjectWriter(value, directory);
		value.array();
		int end = Math.min(listed.length, paging.position() + paging.size());
		for (int i = paging.position(); i < end; i++) {
			if (full || listed[i].kind() == Kind.GROUP) {
				writer.entity(listed[i], Selection.lenient(listed[i].kind(), select), true);
				value.endObject();
			}
			else {
				writer.reference(listed[i]);
			}
		}
		value.endArray();
		Long count = request.counts() ? (long) listed.length : null;
		String context = request.base() + "/$metadata#" + ((cast != null) ? cast.path() : "directoryObjects");
		return paging.page(request, context, count, value, end < listed.length, end);
	}

}
