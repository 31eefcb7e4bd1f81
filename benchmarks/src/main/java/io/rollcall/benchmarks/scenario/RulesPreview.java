package io.rollcall.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Http;
import io.rollcall.benchmarks.pipe.Services;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules are tried on everybody who was synced: once nobody, once everybody changes. */
public final class RulesPreview {

	private static final double GOAL_SECONDS_PER_100_000 = 60;

	private final Services services;

	private final Report report;

	private final Duration longest;

	public RulesPreview(Services services, Report report, Duration longest) {
		this.services = services;
		this.report = report;
		this.longest = longest;
	}

	public void run(FirstSync.Synced synced) {
		String connection = this.services.url("reconciler") + "/api/connections/" + synced.connection();
		List<List<String>> rows = new ArrayList<>();
		rows.add(row("the rules that hold", preview(connection, "LIVE")));
		ObjectNode rules = (ObjectNode) Http.get(connection + "/rules").get("rules");
		((ObjectNode) rules.at("/mapping/fields")).putObject("company")
			.put("from", "'Contoso'")
			.put("whenEmpty", "CLEAR");
		Http.send("PUT", connection + "/rules/draft", "{\"rules\": %s, \"by\": \"benchmark\"}".formatted(rules));
		Measured everybody = preview(connection, "DRAFT");
		rows.add(row("a draft that changes everybody", everybody));
		int users = synced.tenant().users();
		this.report.atMost("preview of %,d people, all of them changed".formatted(users),
				GOAL_SECONDS_PER_100_000 * users / 100_000, everybody.seconds, "s");
		this.report.table("Previews of %,d people".formatted(users),
				List.of("rules", "objects", "changed", "s", "objects/s"), rows);
	}

	private static List<String> row(String what, Measured measured) {
		return List.of(what, "%,d".formatted(measured.decided), "%,d".formatted(measured.changed),
				Report.number(measured.seconds), Report.number(measured.decided / measured.seconds));
	}

	private Measured preview(String connection, String of) {
		long begun = System.nanoTime();
		String id = Http.send("POST", connection + "/previews", "{\"of\": \"%s\", \"by\": \"benchmark\"}".formatted(of))
			.get("id")
			.asString();
		while (true) {
			JsonNode preview = Http.get(connection + "/previews/" + id);
			double seconds = (System.nanoTime() - begun) / 1e9;
			if (preview.hasNonNull("endedAt")) {
				Report.progress("%4.0f s: %s %s".formatted(seconds, preview.get("status"), preview.get("changes")));
				return new Measured(preview.get("decided").asLong(), preview.get("changed").asLong(), seconds);
			}
			this.services.checkAlive();
			if (seconds > this.longest.toSeconds()) {
				throw new IllegalStateException("A preview did not end within %s: %s".formatted(this.longest, preview));
			}
			Http.pause(100);
		}
	}

	private record Measured(long decided, long changed, double seconds) {
	}

}
