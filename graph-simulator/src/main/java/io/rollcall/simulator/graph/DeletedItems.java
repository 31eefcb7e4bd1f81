package io.rollcall.simulator.graph;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Act;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;

/** The recycle bin: list by type, read, restore. */
final class DeletedItems {

	GraphResponse list(Kind kind, GraphRequest request) {
		request.require(Permissions.readingDeleted(kind));
		Paging paging = Paging.of(request);
		return request.tenant().read((directory) -> {
			List<Integer> deleted = new ArrayList<>();
			directory.softDeleted(kind).forEach(deleted::add);
			JsonBytes value = new JsonBytes(4096);
			ObjectWriter writer = new ObjectWriter(value, directory);
			value.array();
			int end = Math.min(deleted.size(), paging.position() + paging.size());
			for (int i = paging.position(); i < end; i++) {
				writer.entity(new ObjectRef(kind, deleted.get(i)), Selection.lenient(kind, request.option("$select")),
						false);
				value.endObject();
			}
			value.endArray();
			Long count = request.counts() ? (long) deleted.size() : null;
			return paging.page(request, request.base() + "/$metadata#" + kind.path(), count, value,
					end < deleted.size(), end);
		});
	}

	GraphResponse get(String id, GraphRequest request) {
		return request.tenant().read((directory) -> {
			ObjectRef ref = find(id, directory);
			request.require(Permissions.readingDeleted(ref.kind()));
			return entity(directory, ref, request);
		});
	}

	GraphResponse restore(String id, GraphRequest request) {
		ObjectRef ref = request.tenant().read((directory) -> find(id, directory));
		request.require(Permissions.restoring(ref.kind()));
		request.tenant().act(new Act.Restore(ref));
		return request.tenant().read((directory) -> entity(directory, ref, request));
	}

	private static GraphResponse entity(Directory directory, ObjectRef ref, GraphRequest request) {
		JsonBytes json = new JsonBytes().object()
			.field("@odata.context", request.base() + "/$metadata#directoryObjects/$entity");
		JsonBytes entity = new JsonBytes();
		new ObjectWriter(entity, directory).entity(ref, Selection.lenient(ref.kind(), request.option("$select")), true);
		return GraphResponse.ok(json.rest(entity, 1).endObject());
	}

	private static ObjectRef find(String id, Directory directory) {
		ObjectRef ref = directory.ids().find(id);
		if (ref == null || !directory.isSoftDeleted(ref.kind(), ref.index())) {
			throw new GraphRefused(GraphResponse.notFound(id));
		}
		return ref;
	}

}
