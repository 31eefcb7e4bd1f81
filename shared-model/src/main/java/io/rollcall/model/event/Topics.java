package io.rollcall.model.event;

/** The topics, and the number of partitions that is fixed for a topic version's life. */
public final class Topics {

	public static final int PARTITIONS = 12;

	public static final String HINTS = "rollcall.graph.hints.v1";

	/** Live and nightly reads, commands, single decisions. */
	public static final String OBSERVATIONS = "rollcall.directory.observations.v1";

	/** The same, in masses: FULL runs, long reads, what runs ask of many. */
	public static final String SNAPSHOTS = "rollcall.directory.snapshots.v1";

	public static final String CHANGES = "rollcall.directory.changes.v1";

	public static final String ACCOUNTS = "rollcall.accounts.v1";

	public static final String TEAMS = "rollcall.teams.v1";

	public static final String RULES = "rollcall.rules.v1";

	public static final String PROGRESS = "rollcall.sync.progress.v1";

	public static final String RUNS = "rollcall.sync.runs.v1";

	public static final String ALERTS = "rollcall.alerts.v1";

	private Topics() {
	}

}
