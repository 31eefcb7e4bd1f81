package io.rollcall.connector.graph;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.kiota.ApiException;
import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.RetryAfter;
import io.rollcall.model.run.Problem.Code;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong on the way to Graph, translated once: by status first, by
 * code second, by text never.
 */
final class Failures {

	private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d+)");

	private static final int LONGEST_MESSAGE = 500;

	private final InstantSource clock;

	/** What a request asks for. */
	enum Asked {

		/** A page of a chain that begins. */
		FIRST_PAGE,
		/** What a delta or next link leads to. */
		LINK, OTHER

	}

	Failures(InstantSource clock) {
		this.clock = clock;
	}

	/** A call with its failures as answers. */
	<T> Answer<T> translated(Callable<Answer<T>> call) {
		try {
			return call.call();
		}
		catch (Exception ex) {
			return new Answer.Failed<>(of(ex));
		}
	}

	/**
	 * A status that is not a success.
	 * @param asked what was asked for
	 */
	Failure ofStatus(int status, @Nullable String retryAfter, @Nullable String code, @Nullable String text,
			Asked asked) {
		String message = message(status, code, text);
		Duration wait = RetryAfter.parse(retryAfter, this.clock.instant());
		if (asked == Asked.LINK && isExpired(status, code)) {
			return new Failure.LinkExpired(message);
		}
		if (asked == Asked.LINK && isDead(status)) {
			return new Failure.LinkDead(message);
		}
		if (asked == Asked.FIRST_PAGE && (status == 400 || status == 501)) {
			return new Failure.AttributeRefused(message);
		}
		return switch (status) {
			case 401 -> new Failure.Denied(Code.CREDENTIAL_REJECTED, false, message);
			case 403 -> new Failure.Denied(Code.PERMISSION_MISSING, false, message);
			case 404 -> new Failure.NotFound(message);
			case 409 -> new Failure.Conflict(message);
			case 429 -> new Failure.Throttled(wait, message);
			default -> new Failure.Transient(Code.GRAPH_FAILED, status == 503, wait, message);
		};
	}

	Failure of(Throwable thrown) {
		return switch (thrown) {
			case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
			case ODataError error -> {
				MainError main = error.getError();
				yield ofStatus(error.getResponseStatusCode(), retryAfter(error), (main != null) ? main.getCode() : null,
						(main != null) ? main.getMessage() : null, Asked.OTHER);
			}
			case ApiException error ->
				ofStatus(error.getResponseStatusCode(), retryAfter(error), null, error.getMessage(), Asked.OTHER);
			case MsalServiceException refused -> ofToken(refused);
			case MsalException msal when msal.getCause() instanceof IOException unreachable ->
				unreachable("The token endpoint", unreachable);
			case MsalException msal -> new Failure.Transient(Code.GRAPH_UNREACHABLE, true, null,
					"The token endpoint cannot be reached: " + msal.getMessage());
			case PageParser.Unreadable unreadable -> new Failure.Unreadable(cut(unreadable.getMessage()));
			case IOException unreachable -> unreachable("Graph", unreachable);
			case RuntimeException other when other.getCause() instanceof IOException unreachable ->
				unreachable("Graph", unreachable);
			default -> new Failure.Transient(Code.INTERNAL, false, null, thrown.toString());
		};
	}

	private Failure ofToken(MsalServiceException refused) {
		String said = cut(refused.getMessage());
		int status = (refused.statusCode() != null) ? refused.statusCode() : 0;
		if (status == 429 || status >= 500 || status == 0) {
			Duration wait = RetryAfter.parse(retryAfter(refused), this.clock.instant());
			return (status == 429) ? new Failure.Throttled(wait, "The token endpoint throttles: " + said)
					: new Failure.Transient(Code.GRAPH_UNREACHABLE, true, wait, "The token endpoint failed: " + said);
		}
		return new Failure.Denied(denied(refused), true, "Entra refused the credential: " + said);
	}

	/**
	 * @see <a href=
	 * "https://learn.microsoft.com/entra/identity-platform/reference-error-codes">AADSTS
	 * codes</a>
	 */
	private static Code denied(MsalServiceException refused) {
		Matcher code = AADSTS.matcher((refused.getMessage() != null) ? refused.getMessage() : "");
		return switch (code.find() ? code.group(1) : "") {
			case "7000222" -> Code.CREDENTIAL_EXPIRED;
			case "700016" -> Code.APPLICATION_NOT_FOUND;
			case "90002", "900023" -> Code.TENANT_NOT_FOUND;
			case "65001" -> Code.CONSENT_MISSING;
			default -> Code.CREDENTIAL_REJECTED;
		};
	}

	/**
	 * Seen in production besides 410: 400 with Request_UnsupportedQuery for a token that
	 * is too old.
	 */
	private static boolean isExpired(int status, @Nullable String code) {
		String lower = (code != null) ? code.toLowerCase(Locale.ROOT) : "";
		return status == 410 || (status == 400 && lower.equals("request_unsupportedquery")) || (status >= 400
				&& status < 500 && (lower.contains("syncstatenotfound") || lower.contains("resyncrequired")));
	}

	/** What says of a link that it will never work, and not only now. */
	private static boolean isDead(int status) {
		return status >= 400 && status < 500 && status != 401 && status != 403 && status != 429;
	}

	private static Failure unreachable(String what, IOException cause) {
		return new Failure.Transient(Code.GRAPH_UNREACHABLE, true, null,
				cut(what + " cannot be reached: " + cause.getClass().getSimpleName() + ": " + cause.getMessage()));
	}

	private static @Nullable String retryAfter(ApiException error) {
		return joined(error.getResponseHeaders().get("Retry-After"));
	}

	/** Headers come from our own client, which gives their names in lower case. */
	private static @Nullable String retryAfter(MsalServiceException refused) {
		return (refused.headers() != null) ? joined(refused.headers().get("retry-after")) : null;
	}

	/** The values of a header, if it is there. */
	static @Nullable String joined(@Nullable Collection<String> values) {
		return (values != null && !values.isEmpty()) ? String.join(",", values) : null;
	}

	private static String message(int status, @Nullable String code, @Nullable String text) {
		return cut("Graph answered %d%s%s".formatted(status, (code != null) ? " " + code : "",
				(text != null && !text.isBlank()) ? ": " + text : ""));
	}

	private static String cut(@Nullable String text) {
		String line = ((text != null) ? text : "no message").replaceAll("\\s+", " ");
		return (line.length() > LONGEST_MESSAGE) ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
	}

}
