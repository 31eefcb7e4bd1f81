package io.rollcall.reconciler.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.change.Tally;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.preview.Drafts;
import io.rollcall.reconciler.flow.preview.Drafts.Draft;
import io.rollcall.reconciler.flow.preview.Preview;
import io.rollcall.reconciler.flow.preview.Previewer;
import io.rollcall.reconciler.flow.preview.Previews;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What rules would do to everybody of a connection, without doing it. */
@RestController
@RequestMapping("/api/connections/{connection}")
class PreviewsController {

	private final Previewer previewer;

	private final Previews previews;

	private final Drafts drafts;

	private final PublishedRules rules;

	private final Acts acts;

	PreviewsController(Previewer previewer, Previews previews, Drafts drafts, PublishedRules rules, Acts acts) {
		this.previewer = previewer;
		this.previews = previews;
		this.drafts = drafts;
		this.rules = rules;
		this.acts = acts;
	}

	/** Begins one, and ends the one before. */
	@PostMapping("/previews")
	ResponseEntity<Preview> begin(@PathVariable String connection, @RequestBody Wanted wanted) {
		String by = new Act(wanted.by()).person();
		Preview.Of of = RulesBody.present("of", wanted.of());
		if ((wanted.version() != null) != (of == Preview.Of.VERSION)) {
			throw Problems.invalid("\"version\" goes with \"of\": \"VERSION\"");
		}
		Connection known = this.rules.connection(new ConnectionId(connection));
		Preview begun = switch (of) {
			case DRAFT -> {
				Draft draft = Optional.ofNullable(this.drafts.find(known.id()))
					.orElseThrow(() -> Problems
						.notFound("connection '%s' has no draft of its rules: save one".formatted(connection)));
				yield this.previewer.begin(known, of, draft.rules(), draft.version(), by);
			}
			case VERSION -> {
				Rules version = this.rules.version(known.id(), Objects.requireNonNull(wanted.version()));
				yield this.previewer.begin(known, of, version, version.version(), by);
			}
			case LIVE -> this.previewer.begin(known, of, known.rules(), known.rules().version(), by);
		};
		return ResponseEntity.accepted()
			.location(URI.create("/api/connections/%s/previews/%s".formatted(connection, begun.id())))
			.body(begun);
	}

	/** The newest first. */
	@GetMapping("/previews")
	List<Preview> list(@PathVariable String connection, @RequestParam(defaultValue = "100") int limit) {
		return this.previewer.newest(new ConnectionId(connection), Problems.limit(limit));
	}

	@GetMapping("/previews/{preview}")
	Preview find(@PathVariable String connection, @PathVariable String preview) {
		return Optional.ofNullable(this.previewer.find(new ConnectionId(connection), preview))
			.orElseThrow(() -> Problems
				.notFound("connection '%s' has no preview '%s': they go after a day".formatted(connection, preview)));
	}

	/**
	 * Whom it would change: accounts, then teams, by their ids.
	 * @param q the beginning of a word of the name, or of the address
	 */
	@GetMapping("/previews/{preview}/changes")
	Page<OutcomeBody> changes(@PathVariable String connection, @PathVariable String preview,
			@RequestParam Tally.@Nullable Kind kind, @RequestParam @Nullable String q,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return this.previews.changes(find(connection, preview), kind, q, cursor, Problems.limit(limit))
			.map(OutcomeBody::of);
	}

	/** Ends it, unless it has ended; what it found can be looked at for the day. */
	@DeleteMapping("/previews/{preview}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cancel(@PathVariable String connection, @PathVariable String preview) {
		this.previewer.cancel(find(connection, preview));
	}

	/** Has everybody decided again, in a run: what has not drifted stays as it is. */
	@PostMapping("/previews/{preview}/repair")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void repair(@PathVariable String connection, @PathVariable String preview, @RequestBody Act act) {
		String by = act.person();
		Preview found = find(connection, preview);
		if (found.of() != Preview.Of.LIVE || found.status() != Preview.Status.COMPLETED) {
			throw Problems.conflict("only what the live rules would change can be repaired: begin a preview with "
					+ "\"of\": \"LIVE\", and wait until it is COMPLETED");
		}
		if (!this.acts.repair(this.rules.connection(found.connection()), found.id(), by)) {
			throw Problems.conflict("nobody is decided while the connection is not active: activate it first");
		}
	}

	/** How far accounts and teams are from the rules that hold. */
	@GetMapping("/drift")
	Drift drift(@PathVariable String connection) {
		return list(connection, 100).stream()
			.filter((preview) -> preview.of() == Preview.Of.LIVE && preview.status() == Preview.Status.COMPLETED)
			.findFirst()
			.map((preview) -> new Drift(preview.changed(), preview.id(), preview.startedAt()))
			.orElseThrow(() -> Problems.notFound("nobody looked within a day: begin a preview with \"of\": \"LIVE\" at "
					+ "/api/connections/%s/previews".formatted(connection)));
	}

	/**
	 * Rules that are to be tried.
	 *
	 * @param version with {@code VERSION} alone
	 */
	record Wanted(Preview.@Nullable Of of, @Nullable Integer version, @Nullable String by) {
	}

	/**
	 * How far accounts and teams are from the rules.
	 *
	 * @param drift how many the rules would change, were they asked again; 0 is the goal
	 * @param preview that counted, and lists them
	 */
	record Drift(long drift, String preview, Instant at) {
	}

}
