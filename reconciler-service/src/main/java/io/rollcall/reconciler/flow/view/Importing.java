package io.rollcall.reconciler.flow.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.model.AccountId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.AccountsImported;
import io.rollcall.model.directory.Observation.AccountsImported.Imported;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.Outbound.Message;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.coordinate.Run;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.EmailKeys;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Matching;
import org.jspecify.annotations.Nullable;

/**
 * Imports the accounts that an application had before: checks every line, then publishes
 * the good ones as a run of the connection, which applies them and then decides whoever
 * waits for an account.
 */
public final class Importing {

	/** The column that says what the application calls an account. */
	public static final String EXTERNAL_ID = "externalId";

	/** Lines are looked up, and accounts published, so many at a time. */
	private static final int PIECE = 1_000;

	private static final int ACCOUNTS_A_RECORD = 100;

	private static final int LONGEST = 1_000;

	/** An import that has not ended by then was cut off. */
	private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(10);

	private final Ports ports;

	private final Views views;

	public Importing(Ports ports, Views views) {
		this.ports = ports;
		this.views = views;
	}

	/** Whether an import of the connection has not published all that it is to. */
	public boolean isRunning(Connection connection) {
		Instant since = this.ports.clock().instant().minus(GIVEN_UP_AFTER);
		return this.ports.runs()
			.open(connection.id())
			.stream()
			.map(Run::seen)
			.anyMatch((run) -> run.mode() == RunMode.IMPORT && run.phase().equals(RunPhase.READ.name())
					&& run.startedAt().isAfter(since));
	}

	/** What would become of each line. */
	public List<Report> check(OrganizationId organization, List<Line> lines) {
		List<Report> reports = new ArrayList<>(lines.size());
		Map<String, Integer> ids = new HashMap<>();
		Map<String, Integer> emails = new HashMap<>();
		for (int from = 0; from < lines.size(); from += PIECE) {
			List<Line> piece = lines.subList(from, Math.min(lines.size(), from + PIECE));
			Map<AccountId, Account> known = known(organization, piece);
			Map<String, Account> holders = holders(organization, piece);
			piece.forEach((line) -> reports.add(check(organization, line, known, holders, ids, emails)));
		}
		return reports;
	}

	/**
	 * Publishes the lines that are new.
	 * @return the run that imports them
	 */
	public RunId publish(Connection connection, List<Line> lines, List<Report> reports, String by) {
		RunId run = new RunId(UUID.randomUUID().toString());
		tell(run + ":started", new Progress.ReadingStarted(connection.organization(), connection.id(), run,
				RunMode.IMPORT, RunTrigger.MANUAL, by, Stamp.NONE, now()));
		int[] numbers = new int[Topics.PARTITIONS];
		for (int from = 0; from < lines.size(); from += PIECE * Topics.PARTITIONS) {
			int until = Math.min(lines.size(), from + PIECE * Topics.PARTITIONS);
			publish(connection, run, by, lines.subList(from, until), reports.subList(from, until), numbers);
		}
		List<Message> markers = new ArrayList<>();
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			markers.add(record("%s:%d:end".formatted(run, partition),
					new Observation.RunMarker(connection.organization(), connection.id(), partition, run,
							RunMode.IMPORT, RunPhase.READ, numbers[partition], Stamp.NONE, false)));
		}
		this.ports.outbound().publish(markers);
		tell(run + ":ended", new Progress.ReadingEnded(connection.organization(), connection.id(), run, ReadCounts.NONE,
				List.of(), List.of(Topics.SNAPSHOTS), null, now()));
		return run;
	}

	private void publish(Connection connection, RunId run, String by, List<Line> lines, List<Report> reports,
			int[] numbers) {
		Map<Integer, List<Imported>> byPartition = new TreeMap<>();
		for (int i = 0; i < lines.size(); i++) {
			Report report = reports.get(i);
			if (report.outcome() == Outcome.NEW && report.account() != null) {
				int partition = this.ports.outbound()
					.partitionOf(new ObjectKey(connection.id(), new ObjectId(report.account().value())));
				byPartition.computeIfAbsent(partition, (_) -> new ArrayList<>())
					.add(imported(report.account(), lines.get(i)));
			}
		}
		List<Message> records = new ArrayList<>();
		byPartition.forEach((partition, accounts) -> {
			for (int from = 0; from < accounts.size(); from += ACCOUNTS_A_RECORD) {
				RunPart part = new RunPart(run, RunMode.IMPORT, RunPhase.READ, ++numbers[partition], Stamp.NONE);
				records.add(record("%s:%d:%d".formatted(run, partition, part.number()),
						new AccountsImported(connection.organization(), connection.id(), partition, part, by,
								accounts.subList(from, Math.min(accounts.size(), from + ACCOUNTS_A_RECORD)))));
			}
		});
		this.ports.outbound().publish(records);
	}

	private static Imported imported(AccountId account, Line line) {
		Map<String, String> fields = new LinkedHashMap<>();
		List<String> keys = new ArrayList<>();
		line.values().forEach((column, value) -> {
			Matching.Key key = keyOf(column);
			String carried = (key != null) ? key.of(value) : null;
			if (carried != null) {
				keys.add(carried);
			}
			else if (key == null && !column.equals(EXTERNAL_ID)) {
				fields.put(column, value);
			}
		});
		return new Imported(account, fields, keys);
	}

	/** The key that a column is, the address aside. */
	private static Matching.@Nullable Key keyOf(String column) {
		for (Matching.Key key : Matching.Key.values()) {
			if (key != Matching.Key.EMAIL && key.attribute().equals(column)) {
				return key;
			}
		}
		return null;
	}

	private static Report check(OrganizationId organization, Line line, Map<AccountId, Account> known,
			Map<String, Account> holders, Map<String, Integer> ids, Map<String, Integer> emails) {
		String id = line.values().get(EXTERNAL_ID);
		if (line.problem() != null) {
			return Report.refused(line, line.problem());
		}
		if (id == null) {
			return Report.refused(line,
					"%s is empty: it says what your application calls the account".formatted(EXTERNAL_ID));
		}
		Integer same = ids.putIfAbsent(id, line.number());
		if (same != null) {
			return Report.refused(line, "line %d has the same %s".formatted(same, EXTERNAL_ID));
		}
		AccountId account = DerivedIds.imported(organization, id);
		if (known.containsKey(account)) {
			return new Report(line.number(), id, Outcome.EXISTS, account, null);
		}
		if (line.values().get(Account.DISPLAY_NAME) == null) {
			return Report.refused(line, Account.DISPLAY_NAME + " is empty");
		}
		for (Map.Entry<String, String> value : line.values().entrySet()) {
			if (value.getValue().length() > LONGEST) {
				return Report.refused(line, "%s is longer than %d characters".formatted(value.getKey(), LONGEST));
			}
		}
		String problem = emailProblem(line, holders, emails);
		return (problem != null) ? Report.refused(line, problem)
				: new Report(line.number(), id, Outcome.NEW, account, null);
	}

	private static @Nullable String emailProblem(Line line, Map<String, Account> holders, Map<String, Integer> emails) {
		String email = line.values().get(Account.EMAIL);
		if (email == null) {
			return null;
		}
		String key = EmailKeys.of(email);
		if (key == null) {
			return "'%s' is no e-mail address".formatted(email);
		}
		Account holder = holders.get(key);
		if (holder != null) {
			return "the address '%s' belongs to account '%s' (%s)".formatted(email, holder.id(), holder.name());
		}
		Integer same = emails.putIfAbsent(key, line.number());
		return (same != null) ? "line %d has the same address".formatted(same) : null;
	}

	private Map<AccountId, Account> known(OrganizationId organization, List<Line> lines) {
		List<AccountId> ids = lines.stream()
			.map((line) -> line.values().get(EXTERNAL_ID))
			.filter((id) -> id != null)
			.map((id) -> DerivedIds.imported(organization, id))
			.toList();
		return byKey(this.views.accounts(organization, ids), Account::id);
	}

	private Map<String, Account> holders(OrganizationId organization, List<Line> lines) {
		List<String> keys = lines.stream()
			.map((line) -> line.values().get(Account.EMAIL))
			.filter((email) -> email != null)
			.map(EmailKeys::of)
			.filter((key) -> key != null)
			.toList();
		return byKey(this.views.holders(organization, keys), Account::emailKey);
	}

	private static <K> Map<K, Account> byKey(List<StoredAccount> accounts, Function<Account, @Nullable K> key) {
		return accounts.stream().map(StoredAccount::account).collect(Collectors.toMap(key, Function.identity()));
	}

	private void tell(String id, Event event) {
		this.ports.outbound().publish(List.of(Message.of(Topics.PROGRESS, id, now(), event)));
	}

	private Message record(String id, Event event) {
		return Message.of(Topics.SNAPSHOTS, id, now(), event);
	}

	private Instant now() {
		return this.ports.clock().instant();
	}

	/**
	 * A line of a file.
	 *
	 * @param values by column, none of them empty
	 * @param problem why it could not be read; null when it could
	 */
	public record Line(int number, Map<String, String> values, @Nullable String problem) {
	}

	/**
	 * What becomes of a line.
	 *
	 * @param externalId what the application calls the account
	 * @param account that it is, or is to be
	 * @param problem why it is refused
	 */
	public record Report(int line, @Nullable String externalId, Outcome outcome, @Nullable AccountId account,
			@Nullable String problem) {

		static Report refused(Line line, String problem) {
			return new Report(line.number(), line.values().get(EXTERNAL_ID), Outcome.REFUSED, null, problem);
		}

	}

	/** What can become of a line. */
	public enum Outcome {

		/** It is imported. */
		NEW,
		/** It was imported before, and is left as it is. */
		EXISTS,
		/** It is not imported. */
		REFUSED

	}

}
