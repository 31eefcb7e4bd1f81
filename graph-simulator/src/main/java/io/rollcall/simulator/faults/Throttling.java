package io.rollcall.simulator.faults;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resource units an app may use in a tenant within ten seconds, as Graph counts them; off
 * until a limit is set.
 */
public final class Throttling {

	private static final long WINDOW_MILLIS = 10_000;

	private final InstantSource clock;

	private final Map<String, Integer> limits = new ConcurrentHashMap<>();

	private final Map<String, Window> windows = new ConcurrentHashMap<>();

	public Throttling(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * What a call costs and whether it may go on.
	 *
	 * @param used the share of the limit that is used now; 0 when there is none
	 * @param waitMillis how long to wait, or 0
	 */
	public record Verdict(int units, double used, long waitMillis) {
	}

	/** Sets the limit, or takes it away with 0. */
	public void limit(String tenant, int units) {
		this.limits.put(tenant, units);
		this.windows.keySet().removeIf((key) -> key.startsWith(tenant));
	}

	public Verdict spend(String tenant, String app, String method, List<String> path, Map<String, String> query) {
		int units = cost(method, path, query);
		int limit = this.limits.getOrDefault(tenant, 0);
		if (limit == 0) {
			return new Verdict(units, 0, 0);
		}
		return this.windows.computeIfAbsent(tenant + '/' + app, (key) -> new Window())
			.spend(units, limit, this.clock.millis());
	}

	/** The published costs; what is not listed costs one. */
	static int cost(String method, List<String> path, Map<String, String> query) {
		String last = path.isEmpty() ? "" : path.getLast();
		boolean select = query.containsKey("$select");
		if (last.equalsIgnoreCase("getByIds")) {
			return select ? 2 : 5;
		}
		int cost = switch (last) {
			case "users" -> 2;
			case "members" -> 3;
			case "transitiveMembers" -> 5;
			case "memberOf", "transitiveMemberOf" -> 2;
			default -> 1;
		};
		cost -= select ? 1 : 0;
		cost += query.containsKey("$expand") ? 1 : 0;
		return method.equals("GET") ? Math.max(1, cost) : 1;
	}

	private static final class Window {

		private long began;

		private int used;

		synchronized Verdict spend(int units, int limit, long now) {
			if (now - this.began >= WINDOW_MILLIS) {
				this.began = now;
				this.used = 0;
			}
			this.used += units;
			double share = (double) this.used / limit;
			return new Verdict(units, share, (share > 1) ? this.began + WINDOW_MILLIS - now : 0);
		}

	}

}
