package io.rollcall.simulator.graph;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.ChangeLog;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import io.rollcall.simulator.tenant.What;
import org.jspecify.annotations.Nullable;

/**
 * Lists and single reads of users, groups and administrative units, and a user's manager.
 */
final class ObjectReads {

	private static final Pattern EQUALS = Pattern.compile("\\s*(\\w+)\\s+eq\\s+'?(.*?)'?\\s*");

	private final InstantSource clock;

	ObjectReads(InstantSource clock) {
		this.clock = clock;
	}

	GraphResponse list(Kind kind, GraphRequest request) {
		Selection selection = Selection.of(kind, request.option("$select"), false);
		Paging paging = Paging.of(request);
		boolean manager = expandsManager(request);
		return request.tenant().read((directory) -> {
			IntPredicate filter = filter(kind, directory, request.option("$filter"));
			JsonBytes value = new JsonBytes(paging.size() * 512);
			ObjectWriter writer = new ObjectWriter(value, directory);
			value.array();
			int index = paging.position();
			int written = 0;
			for (; index < directory.count(kind) && written < paging.size(); index++) {
				if (directory.isLive(kind, index) && filter.test(index)) {
					entity(value, writer, directory, new ObjectRef(kind, index), selection, manager);
					written++;
				}
			}
			value.endArray();
			Long count = request.counts() ? (long) directory.live(kind) : null;
			return paging.page(request, context(request, selection, ""), count, value, index < directory.count(kind),
					index);
		});
	}

	GraphResponse get(Kind kind, String id, GraphRequest request) {
		Selection selection = Selection.of(kind, request.option("$select"), false);
		return request.tenant().read((directory) -> {
			ObjectRef ref = find(kind, id, directory, request);
			JsonBytes json = new JsonBytes(1024);
			json.object().field("@odata.context", context(request, selection, "/$entity"));
			JsonBytes entity = new JsonBytes(1024);
			entity(entity, new ObjectWriter(entity, directory), directory, ref, selection, expandsManager(request));
			return GraphResponse.ok(json.rest(entity, 1));
		});
	}

	GraphResponse manager(String id, GraphRequest request) {
		Selection selection = Selection.of(Kind.USER, request.option("$select"), false);
		return request.tenant().read((directory) -> {
			ObjectRef user = find(Kind.USER, id, directory, request);
			int manager = directory.manager(user.index());
			if (manager == Directory.NO_MANAGER || !directory.isLive(Kind.USER, manager)) {
				return GraphResponse.notFound("manager");
			}
			JsonBytes json = new JsonBytes(1024);
			json.object().field("@odata.context", request.base() + "/$metadata#directoryObjects/$entity");
			JsonBytes entity = new JsonBytes(1024);
			new ObjectWriter(entity, directory).entity(new ObjectRef(Kind.USER, manager), selection, true);
			return GraphResponse.ok(json.rest(entity, 1).endObject());
		});
	}

	/** The live object with this id, or (users) this user principal name. */
	ObjectRef find(Kind kind, String id, Directory directory, GraphRequest request) {
		ObjectRef ref = directory.ids().find(id);
		if (ref == null && kind == Kind.USER && id.contains("@")) {
			ref = byPrincipalName(directory, id);
		}
		if (ref == null || ref.kind() != kind || !directory.isLive(ref) || lags(directory, ref, request)) {
			throw new GraphRefused(GraphResponse.notFound(id));
		}
		return ref;
	}

	private void entity(JsonBytes json, ObjectWriter writer, Directory directory, ObjectRef ref, Selection selection,
			boolean manager) {
		writer.entity(ref, selection, false);
		if (manager && directory.manager(ref.index()) != Directory.NO_MANAGER) {
			json.name("manager");
			writer.reference(new ObjectRef(Kind.USER, directory.manager(ref.index())));
		}
		json.endObject();
	}

	/** A replica that is behind does not know the newest objects. */
	private boolean lags(Directory directory, ObjectRef ref, GraphRequest request) {
		if (request.lagMillis() == 0) {
			return false;
		}
		ChangeLog log = directory.log();
		long replicaTime = this.clock.millis() - request.lagMillis();
		for (int entry = directory.lastEntry(ref.kind(), ref.index()); entry != ChangeLog.NONE; entry = log
			.previous(entry)) {
			if (log.what(entry) == What.CREATED) {
				return log.time(entry) > replicaTime;
			}
		}
		return false;
	}

	private static @Nullable ObjectRef byPrincipalName(Directory directory, String name) {
		for (int index = 0; index < directory.count(Kind.USER); index++) {
			if (name.equalsIgnoreCase(text(directory, index, Attribute.USER_PRINCIPAL_NAME))) {
				return new ObjectRef(Kind.USER, index);
			}
		}
		return null;
	}

	private static IntPredicate filter(Kind kind, Directory directory, @Nullable String filter) {
		if (filter == null) {
			return (index) -> true;
		}
		Matcher matcher = EQUALS.matcher(filter);
		if (!matcher.matches()) {
			throw new GraphRefused(GraphResponse.error(400, "Request_UnsupportedQuery", "Unsupported Query."));
		}
		String wanted = matcher.group(2).replace("''", "'");
		if (matcher.group(1).equals("id")) {
			ObjectRef ref = directory.ids().find(wanted);
			return (index) -> ref != null && ref.kind() == kind && ref.index() == index;
		}
		Attribute attribute = Attribute.named(kind, matcher.group(1));
		if (attribute == null) {
			throw GraphRefused
				.badRequest("Invalid filter clause: Could not find a property named '%s' on type 'microsoft.graph.%s'."
					.formatted(matcher.group(1), kind.typeName()));
		}
		return (index) -> {
			Object value = directory.value(kind, index, attribute);
			return value != null && value != Directory.CLEARED && value.toString().equalsIgnoreCase(wanted);
		};
	}

	private static boolean expandsManager(GraphRequest request) {
		String expand = request.option("$expand");
		return expand != null && expand.toLowerCase(Locale.ROOT).startsWith("manager");
	}

	private static String text(Directory directory, int index, Attribute attribute) {
		return String.valueOf(directory.value(Kind.USER, index, attribute));
	}

	private static String context(GraphRequest request, Selection selection, String suffix) {
		List<String> names = selection.names();
		return request.base() + "/$metadata#" + selection.kind().path()
				+ (names.isEmpty() ? "" : '(' + String.join(",", names) + ')') + suffix;
	}

}
