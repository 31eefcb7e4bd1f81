package io.rollcall.simulator.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.rollcall.simulator.faults.Variant;
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
			return page(directory, request, direct(directory, kind, container.index(), request), cast);
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
					members(directory, Kind.GROUP, next, request).forEach((member) -> {
						all.add(member);
						if (member < 0) {
							open.add(~member);
						}
					});
				}
			}
			return page(directory, request, all.stream().map(ObjectRef::ofMember), cast);
		});
	}

	/** The groups that a user or group is in, then the administrative units. */
	GraphResponse memberOf(Kind kind, String id, GraphRequest request, @Nullable Kind cast, boolean transitive) {
		return request.tenant().read((directory) -> {
			ObjectRef object = this.objects.find(kind, id, directory, request);
			Set<Integer> groups = new TreeSet<>();
			Deque<Integer> open = new ArrayDeque<>(List.of(object.asMember()));
			while (!open.isEmpty()) {
				for (int group : directory.containersOf(Kind.GROUP, open.removeFirst())) {
					if (groups.add(group) && transitive) {
						open.add(~group);
					}
				}
			}
			Stream<ObjectRef> containers = Stream.concat(
					groups.stream().map((index) -> new ObjectRef(Kind.GROUP, index)),
					directory.containersOf(Kind.UNIT, object.asMember())
						.stream()
						.map((index) -> new ObjectRef(Kind.UNIT, index)));
			return page(directory, request, containers.filter(
					(container) -> seesHidden(request) || !directory.hidesMembers(container.kind(), container.index())),
					cast);
		});
	}

	/**
	 * Whether hidden memberships may be read. Without it nothing is refused: they are
	 * just not there.
	 */
	static boolean seesHidden(GraphRequest request) {
		return request.app().hasAny("Member.Read.Hidden");
	}

	static @Nullable Kind cast(String segment) {
		return switch (segment.toLowerCase(Locale.ROOT).replace("microsoft.", "")) {
			case "graph.user" -> Kind.USER;
			case "graph.group" -> Kind.GROUP;
			case "graph.administrativeunit" -> Kind.UNIT;
			default -> null;
		};
	}

	private static Stream<ObjectRef> direct(Directory directory, Kind kind, int container, GraphRequest request) {
		return members(directory, kind, container, request).mapToObj(ObjectRef::ofMember);
	}

	private static IntStream members(Directory directory, Kind kind, int container, GraphRequest request) {
		if (!seesHidden(request) && directory.hidesMembers(kind, container)) {
			return IntStream.empty();
		}
		return IntStream.range(0, directory.memberCount(kind, container))
			.map((position) -> directory.memberAt(kind, container, position));
	}

	private static boolean isListed(ObjectRef ref, Directory directory, GraphRequest request) {
		return directory.isLive(ref)
				|| (request.is(Variant.DELETED_MEMBER_LISTED) && directory.isSoftDeleted(ref.kind(), ref.index()));
	}

	/**
	 * Soft-deleted members keep their membership but are not listed here, unless it is
	 * told otherwise.
	 */
	private static GraphResponse page(Directory directory, GraphRequest request, Stream<ObjectRef> refs,
			@Nullable Kind cast) {
		Paging paging = Paging.of(request);
		String select = request.option("$select");
		ObjectRef[] listed = refs
			.filter((ref) -> isListed(ref, directory, request) && (cast == null || ref.kind() == cast))
			.toArray(ObjectRef[]::new);
		if (request.path().getLast().equals("$count")) {
			return GraphResponse.text(String.valueOf(listed.length));
		}
		JsonBytes value = new JsonBytes(paging.size() * 256);
		ObjectWriter writer = new ObjectWriter(value, directory);
		value.array();
		int end = Math.min(listed.length, paging.position() + paging.size());
		for (int i = paging.position(); i < end; i++) {
			if (Permissions.mayRead(request.app(), listed[i].kind())) {
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
