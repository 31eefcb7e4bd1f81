package io.rollcall.simulator.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code getByIds}, and what is known about the organization. */
final class DirectoryObjectCalls {

	private static final int MOST_IDS = 1000;

	private final JsonMapper mapper = new JsonMapper();

	/**
	 * Ids that do not exist, or whose type may not be read, are simply not in the answer.
	 */
	GraphResponse getByIds(GraphRequest request) {
		JsonNode body = body(request);
		List<String> types = new ArrayList<>();
		body.path("types").forEach((type) -> types.add(type.asString().toLowerCase(Locale.ROOT)));
		if (!body.path("ids").isArray() || body.path("ids").size() > MOST_IDS) {
			throw GraphRefused.badRequest("Too many identifiers specified, the limit is %d.".formatted(MOST_IDS));
		}
		return request.tenant().read((directory) -> {
			JsonBytes value = new JsonBytes(body.path("ids").size() * 256 + 64);
			ObjectWriter writer = new ObjectWriter(value, directory);
			value.array();
			for (JsonNode id : body.path("ids")) {
				ObjectRef ref = directory.ids().find(id.asString(""));
				if (ref != null && directory.isLive(ref) && Permissions.mayRead(request.app(), ref.kind())
						&& (types.isEmpty() || types.contains(ref.kind().typeName().toLowerCase(Locale.ROOT)))) {
					writer.entity(ref, Selection.lenient(ref.kind(), request.option("$select")), true);
					value.endObject();
				}
			}
			value.endArray();
			return GraphResponse.ok(new JsonBytes(value.size() + 256).object()
				.field("@odata.context", request.base() + "/$metadata#directoryObjects")
				.name("value")
				.rest(value, 0)
				.endObject());
		});
	}

	GraphResponse organization(GraphRequest request, boolean single) {
		request.require(Permissions.ORGANIZATION);
		JsonBytes json = new JsonBytes().object()
			.field("@odata.context", request.base() + "/$metadata#organization" + (single ? "/$entity" : ""));
		if (!single) {
			json.name("value").array();
		}
		JsonBytes entity = organization(request);
		if (single) {
			return GraphResponse.ok(json.rest(entity, 1));
		}
		return GraphResponse.ok(json.rest(entity, 0).endArray().endObject());
	}

	static JsonNode parse(JsonMapper mapper, byte[] body) {
		try {
			return mapper.readTree(body);
		}
		catch (JacksonException ex) {
			throw new GraphRefused(GraphResponse.error(400, "BadRequest", "Unable to read JSON request payload."));
		}
	}

	private JsonNode body(GraphRequest request) {
		return parse(this.mapper, request.body());
	}

	private static JsonBytes organization(GraphRequest request) {
		long used = request.tenant().read((directory) -> (long) directory.live(Kind.USER) + directory.live(Kind.GROUP));
		JsonBytes json = new JsonBytes().object()
			.field("id", request.tenant().id())
			.field("deletedDateTime", null)
			.field("businessPhones", List.of("425-555-0100"))
			.field("city", null)
			.field("countryLetterCode", "NL")
			.field("createdDateTime", "2021-08-02T10:30:06Z")
			.field("displayName", request.tenant().spec().displayName())
			.field("onPremisesSyncEnabled", null)
			.field("preferredLanguage", "en")
			.field("technicalNotificationMails", List.of("admin@" + request.tenant().spec().domain()))
			.field("tenantType", "AAD");
		json.name("directorySizeQuota")
			.object()
			.field("used", used)
			.field("total", Math.max(50_000, used * 2))
			.endObject();
		json.name("verifiedDomains").array().object().field("capabilities", "Email, OfficeCommunicationsOnline");
		return json.field("isDefault", true)
			.field("isInitial", true)
			.field("name", request.tenant().spec().domain())
			.field("type", "Managed")
			.endObject()
			.endArray()
			.endObject();
	}

}
