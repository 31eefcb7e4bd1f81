package io.rollcall.simulator.graph;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

import io.rollcall.simulator.json.JsonBytes;

/** An answer, ready to be sent. */
public record GraphResponse(int status, Map<String, String> headers, byte[] body) {

	static GraphResponse ok(JsonBytes json) {
		return new GraphResponse(200, Map.of(), json.toBytes());
	}

	static GraphResponse created(JsonBytes json) {
		return new GraphResponse(201, Map.of(), json.toBytes());
	}

	static GraphResponse text(String text) {
		return new GraphResponse(200, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
	}

	static GraphResponse noContent() {
		return new GraphResponse(204, Map.of(), new byte[0]);
	}

	/** An error in the shape that Graph gives it. */
	public static GraphResponse error(int status, String code, String message) {
		return error(status, code, message, Map.of());
	}

	public static GraphResponse error(int status, String code, String message, Map<String, String> headers) {
		return error(status, code, message, headers, "");
	}

	static GraphResponse error(int status, String code, String message, Map<String, String> headers, String inner) {
		String request = UUID.randomUUID().toString();
		JsonBytes json = new JsonBytes(512).object()
			.name("error")
			.object()
			.field("code", code)
			.field("message", message);
		json.name("innerError").object();
		if (!inner.isEmpty()) {
			json.field("code", inner);
		}
		json.field("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""))
			.field("request-id", request)
			.field("client-request-id", request)
			.endObject();
		return new GraphResponse(status, headers, json.endObject().endObject().toBytes());
	}

	static GraphResponse notFound(String id) {
		return error(404, "Request_ResourceNotFound",
				"Resource '%s' does not exist or one of its queried reference-property objects are not present."
					.formatted(id));
	}

	static GraphResponse badlyFormedToken() {
		return error(400, "Request_BadRequest", "Badly formed token.");
	}

	static GraphResponse unknownProperty(String name, String type) {
		return error(400, "BadRequest",
				"Parsing OData Select and Expand failed: Could not find a property named '%s' on type 'microsoft.graph.%s'."
					.formatted(name, type));
	}

	/** A property that lives outside the directory store was selected in delta. */
	static GraphResponse notTracked() {
		return error(501, "NotImplemented", "This operation target is not yet supported.");
	}

	static GraphResponse denied() {
		return error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
	}

}
