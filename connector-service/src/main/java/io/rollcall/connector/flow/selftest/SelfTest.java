package io.rollcall.connector.flow.selftest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.selftest.Line.Cure;
import io.rollcall.connector.flow.selftest.Line.State;
import io.rollcall.connector.flow.selftest.Probes.Found;
import io.rollcall.connector.flow.selftest.Probes.Probe;
import io.rollcall.connector.flow.selftest.Probes.Reply;
import io.rollcall.connector.flow.selftest.Probes.Said;
import io.rollcall.connector.flow.selftest.Probes.Said.Origin;
import io.rollcall.connector.flow.selftest.Probes.Token;
import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries everything that a connection needs, with its settings as they are given. The
 * token comes first; then all checks run side by side, and each is told as it ends.
 */
public final class SelfTest {

	private static final Logger log = LoggerFactory.getLogger(SelfTest.class);

	private static final Duration CLOCK_AGREES = Duration.ofMinutes(1);

	/** About as far as Entra lets the times of an assertion be off. */
	private static final Duration CLOCK_IS_USABLE = Duration.ofMinutes(5);

	private static final int DAYS_OF_WARNING = 30;

	private final Probes probes;

	private final SyncStates states;

	private final InstantSource clock;

	public SelfTest(Probes probes, SyncStates states, InstantSource clock) {
		this.probes = probes;
		this.states = states;
		this.clock = clock;
	}

	/** Tells each line as it is known, one at a time, and ends after the last one. */
	public void run(Connection connection, Consumer<Line> told) {
		Probe probe = this.probes.of(connection);
		Consumer<Line> inTurn = (line) -> {
			synchronized (probe) {
				told.accept(line);
			}
		};
		Reply<Token> token = guarded(probe::token);
		inTurn.accept(line(Check.TOKEN, null, token, (_) -> passed(Check.TOKEN, null, Map.of())));
		if (!(token instanceof Reply.Got<Token>(Token given))) {
			withoutToken(probe, inTurn);
			return;
		}
		try (ExecutorService sideBySide = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Supplier<List<Line>> check : checks(connection, probe, given.roles())) {
				sideBySide.execute(() -> check.get().forEach(inTurn));
			}
		}
	}

	private List<Supplier<List<Line>>> checks(Connection connection, Probe probe, @Nullable Set<String> roles) {
		List<Supplier<List<Line>>> checks = new ArrayList<>();
		checks.add(() -> permissions(connection, roles));
		for (Resource resource : Resource.ALL.stream().filter(connection::reads).toList()) {
			List<String> attributes = connection.selection().of(resource);
			checks.add(() -> List.of(readable(connection, resource, guarded(() -> probe.read(resource, attributes)))));
			checks.add(() -> List
				.of(ofResource(connection, Check.DELTA, resource, guarded(() -> probe.delta(resource, attributes)),
						(_) -> passed(Check.DELTA, resource.name(), Map.of()))));
		}
		checks.add(() -> List.of(webhook(probe)));
		checks.add(() -> List.of(clock(probe)));
		checks.add(() -> List.of(credentialEnd(connection, probe)));
		return checks;
	}

	/** The clock may be the reason; of the rest nothing can be said. */
	private void withoutToken(Probe probe, Consumer<Line> told) {
		told.accept(clock(probe));
		for (Check check : Check.values()) {
			if (check != Check.TOKEN && check != Check.CLOCK) {
				told.accept(
						new Line(check, null, State.SKIPPED, Map.of("why", Check.TOKEN.name()), Cure.FIRST_THAT, null));
			}
		}
	}

	private List<Line> permissions(Connection connection, @Nullable Set<String> roles) {
		List<Line> lines = new ArrayList<>();
		for (Feature feature : Feature.values()) {
			String permission = feature.permission();
			String opened = (roles != null) ? feature.openedBy(roles) : null;
			if (opened != null) {
				lines.add(passed(Check.PERMISSION, feature.name(), Map.of("permission", opened)));
			}
			else if (roles == null || !connection.has(feature)) {
				lines.add(new Line(Check.PERMISSION, feature.name(), State.SKIPPED,
						Map.of("permission", permission, "why", (roles == null) ? "TOKEN_OPAQUE" : "NOT_CHOSEN"),
						(roles == null) ? null : Cure.SWITCH_OFF, null));
			}
			else {
				lines.add(new Line(Check.PERMISSION, feature.name(), lack(connection, feature),
						Map.of("permission", permission), cure(feature), null));
			}
		}
		return lines;
	}

	/** What is missed only now, having been read, stops the runs. */
	private State lack(Connection connection, Feature feature) {
		SyncState state = this.states.find(connection.id());
		boolean read = state != null && Resource.ALL.stream()
			.anyMatch((each) -> Feature.of(each) == feature && !state.position().chain(each).attributes().isEmpty());
		return (read || !feature.isOptional()) ? State.FAILED : State.WARNING;
	}

	private static Cure cure(Feature feature) {
		return !feature.isOptional() ? Cure.GRANT_PERMISSION
				: feature.isRead() ? Cure.GRANT_OR_SWITCH_OFF : Cure.SWITCH_OFF;
	}

	private Line readable(Connection connection, Resource resource, Reply<Found> reply) {
		return ofResource(connection, Check.READABLE, resource, reply, (found) -> switch (found) {
			case WHOLE -> passed(Check.READABLE, resource.name(), Map.of());
			case NOTHING -> passed(Check.READABLE, resource.name(), Map.of("objects", "0"));
			case THIN -> new Line(Check.READABLE, resource.name(), State.FAILED, Map.of("objects", "THIN"),
					Cure.GRANT_READING, null);
		});
	}

	private Line webhook(Probe probe) {
		if (!this.probes.hasPublicUrl()) {
			return new Line(Check.WEBHOOK, null, State.SKIPPED, Map.of("why", "NO_PUBLIC_URL"), Cure.SET_PUBLIC_URL,
					null);
		}
		return line(Check.WEBHOOK, null, guarded(probe::webhook), (_) -> passed(Check.WEBHOOK, null, Map.of()));
	}

	private static Line clock(Probe probe) {
		Duration ahead = probe.clockAhead();
		if (ahead == null) {
			return new Line(Check.CLOCK, null, State.SKIPPED, Map.of("why", "NO_DATE"), null, null);
		}
		Map<String, String> seconds = Map.of("seconds", String.valueOf(ahead.toSeconds()));
		Duration off = ahead.abs();
		return (off.compareTo(CLOCK_AGREES) <= 0) ? passed(Check.CLOCK, null, seconds) : new Line(Check.CLOCK, null,
				(off.compareTo(CLOCK_IS_USABLE) <= 0) ? State.WARNING : State.FAILED, seconds, Cure.SET_CLOCK, null);
	}

	/**
	 * A secret's end is asked of Graph, and taken from what was typed where Graph does
	 * not tell.
	 */
	private Line credentialEnd(Connection connection, Probe probe) {
		Credential credential = Objects.requireNonNull(connection.credential());
		if (credential.kind() == Credential.Kind.FEDERATION || credential.kind() == Credential.Kind.CONSENT) {
			return passed(Check.CREDENTIAL_END, null, Map.of("ends", "NEVER"));
		}
		Instant known = credential.endsAt();
		if (credential.kind() == Credential.Kind.CERTIFICATE && known != null) {
			return ends(known);
		}
		Reply<List<Instant>> told = guarded(probe::secretEnds);
		if (told instanceof Reply.Got<List<Instant>>(List<Instant> ends) && !ends.isEmpty()) {
			return ends(ends.stream().min(Instant::compareTo).get());
		}
		return (known != null) ? ends(known)
				: unknownEnd((told instanceof Reply.Refused<List<Instant>>(Said said)) ? said : null);
	}

	private Line ends(Instant end) {
		Duration left = Duration.between(this.clock.instant(), end);
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("endsAt", end.toString());
		parameters.put("days", String.valueOf(left.toDays()));
		return (left.toDays() >= DAYS_OF_WARNING) ? passed(Check.CREDENTIAL_END, null, parameters)
				: new Line(Check.CREDENTIAL_END, null, left.isNegative() ? State.FAILED : State.WARNING, parameters,
						Cure.RENEW_CREDENTIAL, null);
	}

	private static Line unknownEnd(@Nullable Said said) {
		boolean denied = said != null && (said.status() == 403 || said.status() == 404);
		return new Line(Check.CREDENTIAL_END, null, State.SKIPPED, Map.of("why", "UNKNOWN"), Cure.TYPE_END,
				denied ? null : said);
	}

	/** What is denied may be switched off, but for people. */
	private <T> Line ofResource(Connection connection, Check check, Resource resource, Reply<T> reply,
			Function<T, Line> got) {
		Line line = line(check, resource.name(), reply, got);
		boolean denied = line.error() != null && line.error().status() == 403;
		return (denied && resource != Resource.USERS) ? new Line(check, resource.name(),
				lack(connection, Feature.of(resource)), line.parameters(), Cure.GRANT_OR_SWITCH_OFF, line.error())
				: line;
	}

	private static <T> Line line(Check check, @Nullable String about, Reply<T> reply, Function<T, Line> got) {
		return switch (reply) {
			case Reply.Got<T>(T value) -> got.apply(value);
			case Reply.Refused<T>(Said said) -> new Line(check, about, State.FAILED, Map.of(), switch (said.origin()) {
				case ROLLCALL -> Cure.SAVE_CREDENTIAL;
				case NETWORK -> Cure.REACH_MICROSOFT;
				case ENTRA, GRAPH -> (said.code() != null) ? Cure.LOOK_UP : null;
			}, said);
		};
	}

	private static Line passed(Check check, @Nullable String about, Map<String, String> parameters) {
		return new Line(check, about, State.PASSED, parameters, null, null);
	}

	/** A line for each check, even for one that we do wrong. */
	private static <T> Reply<T> guarded(Supplier<Reply<T>> asking) {
		try {
			return asking.get();
		}
		catch (RuntimeException ex) {
			log.warn("A check of the self-test went wrong", ex);
			return new Reply.Refused<>(new Said(Origin.GRAPH, 0, null, ex.getClass().getSimpleName()));
		}
	}

}
