package io.rollcall.notifier.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.rollcall.model.change.Tally;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.jspecify.annotations.Nullable;

/** What the life of runs and connections means for people. */
public final class RunNews {

	private RunNews() {
	}

	/**
	 * The news in an event; null for what only machines wait for.
	 * @param id the event's {@code ce_id}
	 */
	public static @Nullable News of(String id, RunEvent event) {
		return switch (event) {
			case RunEvent.RunStarted _, RunEvent.RunProgressed _, RunEvent.ConnectionSaved _ -> null;
			case RunEvent.RunEnded it -> ended(id, it);
			case RunEvent.SetHeld it ->
				inCharge(id, it, Severity.WARNING, Channel.FAILURE_MAIL, (words) -> held(it, words));
			case RunEvent.HeldSetClosed it -> act(id, it, Severity.INFO, "HeldSetClosed." + closing(it), it.by());
			case RunEvent.ConnectionActivated it -> act(id, it, Severity.INFO, "ConnectionActivated", it.by());
			case RunEvent.ConnectionStopped it ->
				act(id, it, Severity.WARNING, "ConnectionStopped." + it.status(), it.by());
			case RunEvent.ConnectionFailing it ->
				it.problem().needsPerson() ? failure(id, it, "ConnectionFailing", Map.of(), it.problem())
						: inCharge(id, it, Severity.WARNING, null, (words) -> words.whole("ConnectionFailing.retried",
								Map.of("connection", it.connection(), "retryAt", it.retryAt()), it.problem()));
			case RunEvent.FreshnessLost it ->
				failure(id, it, "FreshnessLost", Map.of("lastRead", it.lastRead()), it.problem());
			case RunEvent.RecordsLost it -> failure(id, it, "RecordsLost", Map.of(), it.problem());
			case RunEvent.ConnectionSetAside it -> failure(id, it, "ConnectionSetAside", Map.of(), it.problem());
			case RunEvent.DeadLetterWaiting it -> deadLetters(id, it, 1);
			// The end of a state, told as widely as its beginning may have been.
			case RunEvent.ConnectionRecovered _, RunEvent.FreshnessRestored _, RunEvent.ConnectionTakenBack _,
					RunEvent.DeadLettersSettled _ ->
				inCharge(id, event, Severity.INFO, Channel.FAILURE_MAIL, (words) -> words
					.whole(event.getClass().getSimpleName(), Map.of("connection", event.connection()), List.of()));
		};
	}

	/** Once more after some days of a state that lasts; what was not mailed is now. */
	public static @Nullable News reminder(LastingState state, Instant now) {
		News begun = (state.last() instanceof RunEvent.DeadLetterWaiting letter)
				? deadLetters(state.event(), letter, state.count()) : of(state.event(), state.last());
		if (begun == null) {
			return null;
		}
		long days = Math.max(1, Duration.between(state.since(), now).toDays());
		return new News(begun.organization(), state.event() + ":reminder-" + (state.reminders() + 1), begun.type(),
				begun.severity(), begun.audience(), Channel.FAILURE_MAIL, begun.subject(), Tally.NONE, now, (words) -> {
					Text text = begun.text().apply(words);
					return new Text(words.text("reminder.title", Map.of("days", days, "title", text.title())),
							text.paragraphs(), text.action(), text.figures());
				});
	}

	/** What owners are told when the mail server refuses somebody's address for good. */
	public static News mailRefused(String mail, Recipient recipient, String reason, Instant at) {
		return new News(recipient.inbox().organization(), "mail-refused:" + mail, "MailRefused", Severity.ERROR,
				Set.of(Role.OWNER), null, recipient.inbox().recipient(), Tally.NONE, at,
				(words) -> words.whole("MailRefused", Map.of("name", recipient.name(), "email", recipient.email()),
						List.of(words.quote(reason))));
	}

	/**
	 * What those in charge are told when events were deleted before this service had read
	 * them.
	 * @param what {@code ChangesLost} or {@code RunsLost}
	 */
	public static News eventsLost(OrganizationId organization, String what, String id, Instant at) {
		return new News(organization, id, what, Severity.ERROR, News.IN_CHARGE, Channel.FAILURE_MAIL, null, Tally.NONE,
				at, (words) -> words.whole(what, Map.of(), List.of()));
	}

	/**
	 * A run that changed nothing is told to nobody, unless it failed or something of it
	 * is held; what a person stopped was told when that person did.
	 */
	private static @Nullable News ended(String id, RunEvent.RunEnded run) {
		boolean changed = !run.applied().isEmpty();
		Problem problem = (run.problem() != null && run.problem().code() == Problem.Code.STOPPED) ? null
				: run.problem();
		if (!changed && problem == null && run.held() == 0) {
			return null;
		}
		Severity severity = (problem != null && problem.needsPerson()) ? Severity.ERROR
				: (problem != null || run.held() > 0) ? Severity.WARNING : Severity.INFO;
		@Nullable Channel mail = changed ? Channel.DIGEST
				: (problem != null && problem.needsPerson()) ? Channel.FAILURE_MAIL : null;
		return new News(run.organization(), id, "RunEnded", severity, changed ? News.EVERYONE : News.IN_CHARGE, mail,
				run.run().value(), Tally.NONE, run.at(), (words) -> digest(run, problem, words));
	}

	private static Text digest(RunEvent.RunEnded run, @Nullable Problem problem, Words words) {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("connection", run.connection());
		parameters.put("mode", words.text("mode." + run.mode()));
		parameters.put("changes", run.applied().counts().values().stream().mapToLong(Long::longValue).sum());
		parameters.put("users", run.read().users());
		parameters.put("groups", run.read().groups());
		List<String> paragraphs = new ArrayList<>();
		boolean abandoned = run.outcome() == RunEvent.Outcome.ABANDONED;
		paragraphs.add(words.text(abandoned ? "RunEnded.ABANDONED.body" : "RunEnded.COMPLETED.body", parameters));
		if (run.read().pages() > 0) {
			paragraphs.add(words.text("RunEnded.read", parameters));
		}
		if (run.about()) {
			paragraphs.add(words.text("RunEnded.about"));
		}
		if (problem != null) {
			paragraphs.addAll(words.problem(problem));
		}
		List<Text.Figure> figures = new ArrayList<>(words.figures(run.applied()));
		if (run.held() > 0) {
			figures.add(new Text.Figure(words.text("RunEnded.held"), words.number(run.held()), ""));
		}
		String action = (problem != null) ? words.action(problem)
				: (run.held() > 0) ? words.text("RunEnded.held.action") : null;
		return new Text(words.text(abandoned ? "RunEnded.ABANDONED.title" : "RunEnded.COMPLETED.title", parameters),
				paragraphs, action, figures);
	}

	private static Text held(RunEvent.SetHeld it, Words words) {
		Map<String, Object> parameters = Map.of("connection", it.connection(), "count", it.count(), "total", it.total(),
				"limit", it.limit(), "kind", words.text("guarded." + it.kind()));
		Text text = words.whole("SetHeld", parameters, List.of());
		return new Text(text.title(), text.paragraphs(), text.action(),
				List.of(new Text.Figure(words.text("guarded." + it.kind()), words.number(it.count()),
						words.names(it.names(), it.count()))));
	}

	private static String closing(RunEvent.HeldSetClosed it) {
		return (it.by() == null) ? "empty" : it.approved() ? "approved" : "rejected";
	}

	private static News deadLetters(String id, RunEvent.DeadLetterWaiting letter, long count) {
		return failure(id, letter, "DeadLetterWaiting", Map.of("service", letter.service(), "count", count),
				letter.problem());
	}

	/** What a person did, who knows of it: it is not mailed. */
	private static News act(String id, RunEvent event, Severity severity, String key, @Nullable String by) {
		return inCharge(id, event, severity, null, (words) -> words.whole(key,
				Map.of("connection", event.connection(), "by", (by != null) ? by : ""), List.of()));
	}

	private static News failure(String id, RunEvent event, String key, Map<String, ?> more, Problem problem) {
		Map<String, Object> parameters = new HashMap<>(more);
		parameters.put("connection", event.connection());
		return inCharge(id, event, Severity.ERROR, Channel.FAILURE_MAIL,
				(words) -> words.whole(key, parameters, problem));
	}

	private static News inCharge(String id, RunEvent event, Severity severity, @Nullable Channel mail,
			Function<Words, Text> text) {
		return new News(event.organization(), id, event.getClass().getSimpleName(), severity, News.IN_CHARGE, mail,
				event.connection().value(), Tally.NONE, event.at(), text);
	}

}
