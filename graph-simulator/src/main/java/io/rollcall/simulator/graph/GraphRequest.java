package io.rollcall.simulator.graph;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.rollcall.simulator.faults.Quirk;
import io.rollcall.simulator.faults.Variant;
import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.tenant.Tenant;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A call whose token was good.
 *
 * @param path the segments after the version, casts and functions in one spelling
 * @param base scheme, host and version as the client wrote them: links are built with it
 * @param quirks odd things this answer shall do
 * @param variants how Graph is where nobody knows
 * @param lagMillis how far behind reads are
 */
record GraphRequest(Tenant tenant, AppRegistration app, String method, List<String> path, Map<String, String> query,
		String base, HttpHeaders headers, byte[] body, Set<Quirk> quirks, Set<Variant> variants, long lagMillis) {

	/**
	 * Path segments as the router wants them: {@code users('7')} is {@code users/7},
	 * {@code delta()} is delta; an alternate key is a segment as it stands.
	 */
	static List<String> segments(String rawPath) {
		List<String> segments = new ArrayList<>();
		for (String raw : rawPath.split("/")) {
			String segment = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
			if (segment.isEmpty()) {
				continue;
			}
			if (segment.endsWith("()")) {
				segment = segment.substring(0, segment.length() - 2);
			}
			int key = segment.indexOf("('");
			if (key > 0 && segment.endsWith("')")) {
				segments.add(segment.substring(0, key));
				segments.add(segment.substring(key + 2, segment.length() - 2));
			}
			else if (segment.matches("\\w+\\(appId='[^']*'\\)")) {
				int open = segment.indexOf('(');
				segments.add(segment.substring(0, open));
				segments.add(segment.substring(open + 1, segment.length() - 1));
			}
			else {
				segments.add(isFunction(segment) ? segment.substring(segment.lastIndexOf('.') + 1) : segment);
			}
		}
		return segments;
	}

	private static boolean isFunction(String segment) {
		String lower = segment.toLowerCase(Locale.ROOT);
		return lower.endsWith("graph.delta") || lower.endsWith("graph.getbyids") || lower.endsWith("graph.restore");
	}

	static Map<String, String> query(URI uri) {
		Map<String, String> query = new LinkedHashMap<>();
		String raw = uri.getRawQuery();
		if (raw != null) {
			for (String pair : raw.split("&")) {
				int equals = pair.indexOf('=');
				String name = (equals < 0) ? pair : pair.substring(0, equals);
				String value = (equals < 0) ? "" : pair.substring(equals + 1);
				query.put(decode(name).toLowerCase(Locale.ROOT), decode(value));
			}
		}
		return query;
	}

	@Nullable String option(String name) {
		return this.query.get(name);
	}

	boolean has(String name) {
		return this.query.containsKey(name);
	}

	boolean is(Variant variant) {
		return this.variants.contains(variant);
	}

	void require(String... anyPermission) {
		if (!this.app.hasAny(anyPermission)) {
			throw new GraphRefused(GraphResponse.denied());
		}
	}

	/**
	 * Whether the query asks for eventual consistency, without which counts are ignored.
	 */
	boolean counts() {
		return "true".equals(option("$count"))
				&& "eventual".equalsIgnoreCase(this.headers.getFirst("ConsistencyLevel"));
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

}
