package io.rollcall.simulator.faults;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Resource units an app may use in a tenant within ten seconds, as Graph counts them; off
 * until a limit is set.
 *
 * @see <a href="https://learn.microsoft.com/graph/throttling-limits">Throttling
 * limits</a>
 */
public final class Throttling {

	private static final long WINDOW_MILLIS = 10_000;

	private final InstantSource clock;

	private final Map<String, Limit> limits = new ConcurrentHashMap<>();

	private final Map<String, Window> windows = new ConcurrentHashMap<>();

	public Throttling(InstantSource clock) {
		this.clock = clock;
	}

	/** How a refusal says when to come back. */
	public enum Form {

		FRACTION, SECONDS, DATE, ZERO, NONE;

		@Nullable String of(long millis) {
			return switch (this) {
				case FRACTION -> String.format(Locale.ROOT, "%.3f", millis / 1000.0);
				case SECONDS -> String.valueOf(Math.ceilDiv(millis, 1000));
				case DATE -> "date:" + Math.ceilDiv(millis, 1000);
				case ZERO -> "0";
				case NONE -> null;
			};
		}

	}

	/** Units within ten seconds, and how a refusal says it. */
	public record Limit(int units, Form retryAfter) {

		/** What Graph gives an app in a tenant of this size. */
		public static int published(int users) {
			if (users < 50) {
				return 3_500;
			}
			return (users <= 500) ? 5_000 : 8_000;
		}

	}

	/**
	 * What a call costs and whether it may go on.
	 *
	 * @param used the share of the limit that is used now; 0 when there is none
	 * @param refused whether it must wait
	 * @param retryAfter what the header says, see {@link FaultRule.Answer}
	 */
	public record Verdict(int units, double used, boolean refused, @Nullable String retryAfter) {
	}

	/** What an app did since the limit was set. */
	public record Spent(String app, long units, long calls, long refused) {
	}

	/** Sets the limit, or takes it away with 0 units; counts begin anew. */
	public void limit(String tenant, Limit limit) {
		this.limits.put(tenant, limit);
		forgetWindows(tenant);
	}

	public void clear(String tenant) {
		this.limits.remove(tenant);
		forgetWindows(tenant);
	}

	public List<Spent> spent(String tenant) {
		return this.windows.entrySet()
			.stream()
			.filter((window) -> window.getKey().startsWith(tenant + '/'))
			.map((window) -> window.getValue().spent(window.getKey().substring(tenant.length() + 1)))
			.toList();
	}

	public Verdict spend(String tenant, String app, int units, @Nullable String priority) {
		Limit limit = this.limits.get(tenant);
		if (limit == null || limit.units() == 0) {
			return new Verdict(units, 0, false, null);
		}
		return this.windows.computeIfAbsent(tenant + '/' + app, (key) -> new Window())
			.spend(units, limit, ceiling(priority), this.clock.millis());
	}

	/** The published costs; what is not listed costs one. */
	public static int cost(String method, List<String> path, Map<String, String> query) {
		String last = path.isEmpty() ? "" : path.getLast();
		boolean select = query.containsKey("$select");
		if (last.equalsIgnoreCase("getByIds")) {
			return select ? 2 : 5;
		}
		int cost = switch (last) {
			case "users", "memberOf", "transitiveMemberOf", "applications" -> 2;
			case "members" -> 3;
			case "transitiveMembers" -> 5;
			default -> 1;
		};
		cost -= select ? 1 : 0;
		cost -= query.getOrDefault("$top", "").matches("1?[0-9]") ? 1 : 0;
		cost += query.containsKey("$expand") ? 1 : 0;
		return method.equals("GET") ? Math.max(1, cost) : 1;
	}

	/**
	 * The share up to which a call is served. Graph drops low priority first; by how much
	 * is not published.
	 */
	private static double ceiling(@Nullable String priority) {
		return switch (String.valueOf(priority).toLowerCase(Locale.ROOT)) {
			case "low" -> 0.8;
			case "high" -> 1.2;
			default -> 1;
		};
	}

	private void forgetWindows(String tenant) {
		this.windows.keySet().removeIf((key) -> key.startsWith(tenant + '/'));
	}

	private static final class Window {

		private long began;

		private int used;

		private long units;

		private long calls;

		private long refused;

		/** A refused call counts as well. */
		synchronized Verdict spend(int cost, Limit limit, double ceiling, long now) {
			if (now - this.began >= WINDOW_MILLIS) {
				this.began = now;
				this.used = 0;
			}
			this.used += cost;
			this.units += cost;
			this.calls++;
			double share = (double) this.used / limit.units();
			boolean tooMuch = share > ceiling;
			this.refused += tooMuch ? 1 : 0;
			long wait = Math.max(1, this.began + WINDOW_MILLIS - now);
			return new Verdict(cost, share, tooMuch, tooMuch ? limit.retryAfter().of(wait) : null);
		}

		synchronized Spent spent(String app) {
			return new Spent(app, this.units, this.calls, this.refused);
		}

	}

}
