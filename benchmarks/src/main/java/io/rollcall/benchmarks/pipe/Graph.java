package io.rollcall.benchmarks.pipe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/** The simulator's control API. */
public final class Graph {

	private final String url;

	Graph(String url) {
		this.url = url;
	}

	/** A tenant, and the app that may read it. */
	public record Tenant(String id, String domain, String appId, String secret, int users) {
	}

	/**
	 * What the tenant's accounts, teams and memberships must be under the default rules.
	 */
	public record Truth(long users, long accounts, long teams, long memberships, long edges) {
	}

	/** Where Graph is, with the version. */
	public String baseUrl() {
		return this.url + "/v1.0";
	}

	public String authority() {
		return this.url;
	}

	public Tenant begin(int users, long seed) {
		JsonNode tenant = Http.send("POST", this.url + "/control/tenants",
				"{\"users\":%d,\"seed\":%d}".formatted(users, seed));
		JsonNode app = tenant.get("apps").get(0);
		return new Tenant(tenant.get("id").asString(), tenant.get("domain").asString(), app.get("appId").asString(),
				app.get("secret").asString(), users);
	}

	/** No latency of Graph's own: only our part is measured. */
	public void deliverAtOnce(Tenant tenant) {
		Http.send("PUT", control(tenant) + "/delivery", "{\"latencyMillis\":0}");
	}

	public void act(Tenant tenant, String script) {
		Http.send("POST", control(tenant) + "/acts", script);
	}

	public long subscriptions(Tenant tenant) {
		return Http.get(control(tenant) + "/stats").get("subscriptions").asLong();
	}

	/**
	 * Counted from the tenant as it is: enabled members of it, and the groups that live.
	 */
	public Truth truth(Tenant tenant) {
		Set<String> accounts = new HashSet<>();
		Map<String, Boolean> groups = new HashMap<>();
		long[] counts = new long[3];
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(Http.stream(control(tenant) + "/truth"), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				JsonNode object = Http.JSON.readTree(line);
				switch (object.path("kind").asString("")) {
					case "user" -> {
						counts[0]++;
						if (included(object)) {
							accounts.add(object.get("id").asString());
						}
					}
					case "group" -> groups.put(object.get("id").asString(), isLive(object));
					case "membership" -> {
						counts[1]++;
						if (groups.getOrDefault(object.get("container").asString(), false)
								&& accounts.contains(object.get("member").asString())) {
							counts[2]++;
						}
					}
					default -> {
					}
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("the tenant's truth cannot be read: " + ex, ex);
		}
		long teams = groups.values().stream().filter((live) -> live).count();
		return new Truth(counts[0], accounts.size(), teams, counts[2], counts[1]);
	}

	private static boolean isLive(JsonNode object) {
		return object.path("state").asString("").equals("live");
	}

	private static boolean included(JsonNode user) {
		return isLive(user) && !user.path("userType").asString("").equals("Guest")
				&& user.path("accountEnabled").asBoolean(true);
	}

	private String control(Tenant tenant) {
		return this.url + "/control/tenants/" + tenant.id();
	}

}
