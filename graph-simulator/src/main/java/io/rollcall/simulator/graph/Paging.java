package io.rollcall.simulator.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/**
 * Paging of an ordinary list: 100 unless asked for, 999 at most.
 *
 * @param position where the page begins
 */
record Paging(int size, int position) {

	private static final int DEFAULT_SIZE = 100;

	private static final int LARGEST = 999;

	/** Looks like the real one, and says nothing. */
	private static final String PREFIX = "RFNwdAIAAQAAA";

	static Paging of(GraphRequest request) {
		int size = number(request.option("$top"), DEFAULT_SIZE);
		if (size < 1 || size > LARGEST) {
			throw GraphRefused.badRequest(
					"Invalid page size specified: '%d'. Must be between 1 and %d inclusive.".formatted(size, LARGEST));
		}
		String token = request.option("$skiptoken");
		if (token == null) {
			return new Paging(size, 0);
		}
		if (!token.startsWith(PREFIX)) {
			throw GraphRefused.badRequest("Skip token is badly formed.");
		}
		return new Paging(size, number(token.substring(PREFIX.length()), 0));
	}

	/** The page's envelope around its values. */
	GraphResponse page(GraphRequest request, String context, @Nullable Long count, JsonBytes value, boolean more,
			int next) {
		JsonBytes json = new JsonBytes(value.size() + 512).object().field("@odata.context", context);
		if (count != null) {
			json.field("@odata.count", count);
		}
		if (more) {
			String query = request.query()
				.entrySet()
				.stream()
				.filter((option) -> !option.getKey().equals("$skiptoken"))
				.map((option) -> option.getKey() + '=' + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8))
				.collect(Collectors.joining("&"));
			json.field("@odata.nextLink", request.base() + '/' + String.join("/", request.path()) + '?'
					+ (query.isEmpty() ? "" : query + '&') + "$skiptoken=" + PREFIX + next);
		}
		return GraphResponse.ok(json.name("value").rest(value, 0).endObject());
	}

	private static int number(@Nullable String text, int otherwise) {
		try {
			return (text != null) ? Integer.parseInt(text) : otherwise;
		}
		catch (NumberFormatException ex) {
			throw GraphRefused.badRequest("Invalid value '%s'.".formatted(text));
		}
	}

}
