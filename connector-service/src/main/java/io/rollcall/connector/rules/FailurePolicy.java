package io.rollcall.connector.rules;

import java.time.Duration;

import io.rollcall.model.ObjectId;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.Problem.Code;
import org.jspecify.annotations.Nullable;

/**
 * Which failures need a person and which pass. Transient ones are retried for ever;
 * people are told once when one lasts.
 *
 * @param backoff between tries when Graph does not say how long
 * @param tellAfter tries in a row after which people are told of a transient failure
 * @param unreadableTries tries before an unreadable answer is told
 * @param unreadableWait between tries after that
 * @param deniedTries tries before Graph is believed that something is denied: consent
 * takes a while to reach every replica
 * @param personTries tries to read one user by itself before it is given up
 */
public record FailurePolicy(Backoff backoff, int tellAfter, int unreadableTries, Duration unreadableWait,
		int deniedTries, int personTries) {

	public static final FailurePolicy DEFAULT = new FailurePolicy(Backoff.DEFAULT, 6, 3, Duration.ofMinutes(15), 3, 5);

	/**
	 * What to do.
	 * @param failures how many of its kind came one after the other, this one included
	 * @param jitter from 0 to 1, by chance
	 */
	public Reaction judge(Failure failure, int failures, double jitter) {
		Duration usual = this.backoff.after(failures, jitter);
		return switch (failure) {
			case Failure.Throttled throttled ->
				passing(Code.GRAPH_THROTTLED, throttled.message(), failures, orElse(throttled.retryAfter(), usual));
			case Failure.Transient passing ->
				passing(passing.code(), passing.message(), failures, orElse(passing.retryAfter(), usual));
			case Failure.NotFound missing -> passing(Code.GRAPH_FAILED, missing.message(), failures, usual);
			case Failure.Conflict conflict -> passing(Code.GRAPH_FAILED, conflict.message(), failures, usual);
			case Failure.Unreadable unreadable -> unreadable(unreadable.message(), failures, usual);
			case Failure.DeltaLinkExpired expired -> new Reaction.StartAgain(
					problem(Code.DELTA_LINK_EXPIRED, expired.message(), false), (failures > 1) ? usual : Duration.ZERO);
			case Failure.Denied denied when !denied.certain() && failures < this.deniedTries ->
				new Reaction.Retry(usual);
			case Failure.Denied denied -> new Reaction.WaitForPerson(problem(denied.code(), denied.message(), true));
		};
	}

	/**
	 * How long one user waits that could not be read by itself.
	 * @param failures how many came one after the other, this one included
	 */
	public Duration personWait(Failure failure, int failures, double jitter) {
		Duration usual = this.backoff.after(failures, jitter);
		return switch (failure) {
			case Failure.Throttled throttled -> orElse(throttled.retryAfter(), usual);
			case Failure.Transient passing -> orElse(passing.retryAfter(), usual);
			case Failure.NotFound _, Failure.Conflict _, Failure.Unreadable _, Failure.DeltaLinkExpired _,
					Failure.Denied _ ->
				usual;
		};
	}

	/**
	 * Whether one user is given up that could not be read by itself: all the others of
	 * the tenant must not wait for it, and the next run reads it anyway.
	 */
	public boolean givesUpPerson(int failures) {
		return failures >= this.personTries;
	}

	/** What people are told of a user who was given up. */
	public static Problem personGivenUp(ObjectId object, Failure failure) {
		return new Problem(code(failure), "User %s could not be read: %s".formatted(object, failure.message()),
				"Ask for this user again; the next run reads everybody anyway.", true);
	}

	/** A failure as it is told to people, whatever is done about it. */
	public static Problem problem(Code code, String message, boolean needsPerson) {
		return new Problem(code, message, action(code), needsPerson);
	}

	private Reaction passing(Code code, String message, int failures, Duration wait) {
		return (failures == this.tellAfter) ? new Reaction.TellAndRetry(problem(code, message, false), wait)
				: new Reaction.Retry(wait);
	}

	private Reaction unreadable(String message, int failures, Duration usual) {
		if (failures < this.unreadableTries) {
			return new Reaction.Retry(usual);
		}
		return (failures == this.unreadableTries)
				? new Reaction.TellAndRetry(problem(Code.RESPONSE_UNREADABLE, message, false), this.unreadableWait)
				: new Reaction.Retry(this.unreadableWait);
	}

	private static Code code(Failure failure) {
		return switch (failure) {
			case Failure.Throttled _ -> Code.GRAPH_THROTTLED;
			case Failure.Transient passing -> passing.code();
			case Failure.Denied denied -> denied.code();
			case Failure.Unreadable _ -> Code.RESPONSE_UNREADABLE;
			case Failure.DeltaLinkExpired _ -> Code.DELTA_LINK_EXPIRED;
			case Failure.NotFound _, Failure.Conflict _ -> Code.GRAPH_FAILED;
		};
	}

	private static Duration orElse(@Nullable Duration said, Duration usual) {
		return (said != null) ? said : usual;
	}

	private static String action(Code code) {
		return switch (code) {
			case CREDENTIAL_REJECTED -> "Enter the client secret's value (not its id) again, then activate.";
			case CREDENTIAL_EXPIRED -> "Create a new client secret in Entra, enter it here, then activate.";
			case TENANT_NOT_FOUND -> "Check the tenant id, then activate.";
			case APPLICATION_NOT_FOUND ->
				"Check the client id, and that the application was added to this tenant; then activate.";
			case CONSENT_MISSING -> "Let an administrator of the tenant consent to the application, then activate.";
			case PERMISSION_MISSING ->
				"Grant the application User.Read.All, Group.Read.All and AdministrativeUnit.Read.All, then activate.";
			case GRAPH_UNREACHABLE -> "Check the network and ROLLCALL_GRAPH_BASE_URL; it is tried again by itself.";
			case GRAPH_THROTTLED, GRAPH_FAILED -> "Nothing to do: it is tried again by itself.";
			case RESPONSE_UNREADABLE -> "It is tried again by itself; if it stays, report it with this message.";
			case SUBSCRIPTION_FAILED ->
				"Check that Graph can reach ROLLCALL_PUBLIC_URL; until then changes are found by polling.";
			case DELTA_LINK_EXPIRED -> "Nothing to do: a full run has begun.";
			case DIRECTORY_OBJECT_INVALID, RETENTION_EXCEEDED, INTERNAL -> "Look into the log of the connector.";
		};
	}

}
