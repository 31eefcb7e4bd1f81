package io.rollcall.connector.web;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.credential.Credentials;
import io.rollcall.connector.flow.selftest.Check;
import io.rollcall.connector.flow.selftest.Line;
import io.rollcall.connector.flow.selftest.Line.Cure;
import io.rollcall.connector.flow.selftest.Line.State;
import io.rollcall.connector.flow.selftest.Probes.Said;
import io.rollcall.connector.flow.selftest.SelfTest;
import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.web.ConnectionBody.Written;
import io.rollcall.connector.web.KnownErrors.At;
import io.rollcall.connector.web.KnownErrors.Told;
import io.rollcall.model.ConnectionId;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The Test button: a checklist over a connection as it is stored, or over settings that
 * are not saved yet. And what a connection asks Entra to be allowed.
 */
@RestController
@RequestMapping("/api/connections/{id}")
class SelfTestEndpoint {

	private final SelfTest test;

	private final ConnectionLifecycle lifecycle;

	private final Credentials credentials;

	private final KnownErrors errors;

	SelfTestEndpoint(SelfTest test, ConnectionLifecycle lifecycle, Credentials credentials, KnownErrors errors) {
		this.test = test;
		this.lifecycle = lifecycle;
		this.credentials = credentials;
		this.errors = errors;
	}

	/**
	 * All lines, when the last one is known.
	 * @param settings new ones, which are tested and not stored
	 */
	@PostMapping(path = "/test", produces = MediaType.APPLICATION_JSON_VALUE)
	Report test(@PathVariable String id, @Valid @RequestBody(required = false) @Nullable Written settings,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		String spoken = this.errors.language(language);
		List<Read> lines = new ArrayList<>();
		this.test.run(tested(id, settings), (line) -> lines.add(read(line, spoken)));
		return new Report(worst(lines), lines);
	}

	/** Each line as it comes, and at last how all of it ended. */
	@PostMapping(path = "/test", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> streamed(@PathVariable String id,
			@Valid @RequestBody(required = false) @Nullable Written settings,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		String spoken = this.errors.language(language);
		return Flux
			.create((sink) -> Thread.ofVirtual().name("self-test").start(() -> stream(sink, id, settings, spoken)));
	}

	/**
	 * The least permissions for these features, or for those that are chosen, and why.
	 */
	@GetMapping("/permissions")
	List<Permission> permissions(@PathVariable String id,
			@RequestParam(required = false) @Nullable Set<Feature> feature,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		Connection connection = this.lifecycle.find(new ConnectionId(id));
		String spoken = this.errors.language(language);
		Set<Feature> chosen = (feature != null && !feature.isEmpty()) ? feature : connection.chosen();
		List<Permission> permissions = new ArrayList<>();
		Feature.permissions(EnumSet.copyOf(chosen))
			.forEach((name, features) -> permissions
				.add(new Permission(name, features.stream().allMatch(Feature::isOptional),
						features.stream().map((each) -> new Why(each, this.errors.reason(each, spoken))).toList())));
		return permissions;
	}

	private void stream(FluxSink<ServerSentEvent<Object>> sink, String id, @Nullable Written settings, String spoken) {
		try {
			List<Read> lines = new ArrayList<>();
			this.test.run(tested(id, settings), (line) -> {
				Read read = read(line, spoken);
				lines.add(read);
				sink.next(ServerSentEvent.<Object>builder(read).event("line").build());
			});
			sink.next(ServerSentEvent.<Object>builder(Map.of("state", worst(lines))).event("end").build());
			sink.complete();
		}
		catch (RuntimeException ex) {
			sink.error(ex);
		}
	}

	private Connection tested(String id, @Nullable Written settings) {
		ConnectionId connection = new ConnectionId(id);
		return (settings != null) ? this.lifecycle.proposed(connection, settings.settings(connection, this.credentials))
				: this.lifecycle.find(connection);
	}

	private Read read(Line line, String language) {
		Said said = line.error();
		Told told = null;
		if (said != null) {
			told = switch (said.origin()) {
				case ENTRA -> this.errors.find(At.SIGN_IN, said.code(), said.status(), language);
				case GRAPH -> this.errors.find(At.GRAPH, said.code(), said.status(), language);
				case NETWORK, ROLLCALL -> null;
			};
		}
		Cure own = line.cure();
		String cure = (told != null && told.cure() != null && own != Cure.GRANT_OR_SWITCH_OFF) ? told.cure()
				: (own != null) ? this.errors.cure(own, language) : null;
		return new Read(line.check(), line.about(), line.state(), line.parameters(), own, cure,
				(said != null) ? new Error(said.origin(), said.status(), said.code(), said.message(),
						(told != null) ? told.means() : null, (told != null) ? told.lookup() : null) : null);
	}

	private static State worst(List<Read> lines) {
		return List.of(State.FAILED, State.WARNING)
			.stream()
			.filter((state) -> lines.stream().anyMatch((line) -> line.state() == state))
			.findFirst()
			.orElse(State.PASSED);
	}

	/** The whole checklist. */
	record Report(State state, List<Read> lines) {
	}

	/**
	 * A line with its words.
	 *
	 * @param cure a code of ours; {@code cureText} says the same, or what the code of the
	 * error knows better
	 */
	record Read(Check check, @Nullable String about, State state, Map<String, String> parameters, @Nullable Cure cure,
			@Nullable String cureText, @Nullable Error error) {
	}

	/** What was answered, as it was said; what it means where that is known. */
	record Error(Said.Origin origin, int status, @Nullable String code, String message, @Nullable String means,
			@Nullable String lookup) {
	}

	/** A permission, and the features that need it. */
	record Permission(String permission, boolean optional, List<Why> features) {
	}

	record Why(Feature feature, String reason) {
	}

}
