package io.rollcall.simulator.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;

import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/**
 * Paging of an ordinary list: 100 unless asked for, 999 at most.
 *
 * @param listing tells a listing from one that was begun before or after it
 * @param position where the page begins
 */
record Paging(int size, String listing, int position) {

	private static final int DEFAULT_SIZE = 100;

	private static final int LARGEST = 999;

	/** Looks like the real one, and says nothing. */
	private static final String PREFIX = "RFNwdAIAAQAAA";

	private static final int LISTING_DIGITS = 8;

	static Paging of(GraphRequest request) {
		int size = number(request.option("$top"), DEFAULT_SIZE);
		if (size < 1 || size > LARGEST) {
			throw GraphRefused.badRequest(
					"Invalid page size specified: '%d'. Must be between 1 and %d inclusive.".formatted(size, LARGEST));
		}
		String token = request.option("$skiptoken");
		if (token == null) {
			return new Paging(size, UUID.randomUUID().toString().substring(0, LISTING_DIGITS), 0);
		}
		int listing = PREFIX.length();
		int position = listing + LISTING_DIGITS;
		if (!token.startsWith(PREFIX) || token.length() <= position) {
			throw GraphRefused.badRequest("Skip token is badly formed.");
		}
		return new Paging(size, token.substring(listing, position), number(token.substring(position), 0));
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
					+ (query.isEmpty() ? "" : query + '&') + "$skiptoken=" + PREFIX + this.listing + next);
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
