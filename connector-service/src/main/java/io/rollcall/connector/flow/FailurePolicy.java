package io.rollcall.connector.flow;

import java.time.Duration;
import java.util.Map;

import io.rollcall.connector.rules.Failure;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.Problem.Code;
import io.rollcall.support.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait after a failure, and who is told. Everything is tried again, for ever;
 * what only a person can mend is tried ever more rarely.
 *
 * @param passing waits when Graph does not say how long
 * @param person waits when a person has to act
 */
public record FailurePolicy(Backoff passing, Backoff person) {

	/** Tries after which people are told of what passes by itself. */
	private static final int TELL_AFTER = 6;

	/** Tries before an answer is taken for what Graph will go on saying. */
	private static final int BELIEVED_AFTER = 3;

	/**
	 * What to do.
	 *
	 * @param after when to try again
	 * @param problem what people are told, if they have not been; null for nothing
	 * @param beginsAnew whether the chain is lost and a new one is needed
	 */
	public record Reaction(Duration after, @Nullable Problem problem, boolean beginsAnew) {
	}

	/**
	 * What to do about a failure.
	 * @param failures how many of its kind came one after the other, this one included
	 * @param jitter from 0 to 1, by chance
	 */
	public Reaction judge(Failure failure, int failures, double jitter) {
		Duration usual = this.passing.after(failures, jitter);
		boolean believed = failures >= BELIEVED_AFTER;
		Problem problem = problem(failure);
		return switch (failure) {
			case Failure.Throttled throttled -> passing(problem, failures, orElse(throttled.retryAfter(), usual));
			case Failure.Transient passing -> passing(problem, failures, orElse(passing.retryAfter(), usual));
			case Failure.NotFound _, Failure.Conflict _ -> passing(problem, failures, usual);
			case Failure.LinkExpired _ -> new Reaction((failures > 1) ? usual : Duration.ZERO, problem, true);
			case Failure.LinkDead _ -> new Reaction(usual, believed ? problem : null, believed);
			case Failure.AttributeRefused _ -> new Reaction(usual, problem, true);
			case Failure.Denied denied when denied.certain() ->
				new Reaction(this.person.after(failures, jitter), problem, false);
			// It may be a replica that does not know yet.
			case Failure.Denied _, Failure.Unreadable _ ->
				believed ? new Reaction(this.person.after(failures - BELIEVED_AFTER + 1, jitter), problem, false)
						: new Reaction(usual, null, false);
		};
	}

	/** A failure as people are told of it. */
	public static Problem problem(Failure failure) {
		return switch (failure) {
			case Failure.Throttled _ -> problem(Code.GRAPH_THROTTLED, failure, false);
			case Failure.Transient passing -> problem(passing.code(), failure, false);
			case Failure.NotFound _, Failure.Conflict _ -> problem(Code.GRAPH_FAILED, failure, false);
			case Failure.Unreadable _ -> problem(Code.RESPONSE_UNREADABLE, failure, false);
			case Failure.LinkExpired _, Failure.LinkDead _ -> problem(Code.LINK_EXPIRED, failure, false);
			case Failure.AttributeRefused _ -> problem(Code.ATTRIBUTE_REFUSED, failure, true);
			case Failure.Denied denied -> problem(denied.code(), failure, true);
		};
	}

	/** Under another code than the failure's own. */
	public static Problem problem(Code code, Failure failure, boolean needsPerson) {
		return new Problem(code, Map.of("detail", failure.message()), needsPerson);
	}

	private static Reaction passing(Problem problem, int failures, Duration wait) {
		return new Reaction(wait, (failures >= TELL_AFTER) ? problem : null, false);
	}

	private static Duration orElse(@Nullable Duration said, Duration usual) {
		return (said != null) ? said : usual;
	}

}
