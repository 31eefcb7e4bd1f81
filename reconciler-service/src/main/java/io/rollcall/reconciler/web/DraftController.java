package io.rollcall.reconciler.web;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.flow.preview.Drafts;
import io.rollcall.reconciler.flow.preview.Drafts.Draft;
import io.rollcall.reconciler.flow.preview.Preview;
import io.rollcall.reconciler.flow.preview.Previewer;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The draft of a connection's rules: it does nothing until it is published. */
@RestController
@RequestMapping("/api/connections/{connection}/rules/draft")
class DraftController {

	private final Drafts drafts;

	private final Previewer previewer;

	private final PublishedRules rules;

	private final Catalogues catalogues;

	private final JsonMapper json;

	private final InstantSource clock;

	DraftController(Drafts drafts, Previewer previewer, PublishedRules rules, Catalogues catalogues, JsonMapper json,
			InstantSource clock) {
		this.drafts = drafts;
		this.previewer = previewer;
		this.rules = rules;
		this.catalogues = catalogues;
		this.json = json;
		this.clock = clock;
	}

	@GetMapping
	Body find(@PathVariable String connection) {
		return Body.of(draft(connection));
	}

	/** Saves rules, which must be such as could be published. */
	@PutMapping
	Body save(@PathVariable String connection, @RequestBody Wanted wanted) {
		RulesBody asked = RulesBody.present("rules", wanted.rules());
		Rules draft = asked.rules(this.catalogues.of(ObjectKind.USER));
		String by = new Act(wanted.by()).person();
		ConnectionId id = this.rules.connection(new ConnectionId(connection)).id();
		int madeFrom = (asked.version() != null) ? asked.version() : this.rules.live(id).version();
		Draft saved = this.drafts.save(new Draft(id, 0, madeFrom, draft.as(madeFrom), by, this.clock.instant()),
				wanted.version());
		if (saved == null) {
			throw anotherOne();
		}
		return Body.of(saved);
	}

	/** What the draft says otherwise than the rules that hold. */
	@GetMapping("/diff")
	List<Difference> diff(@PathVariable String connection) {
		Draft draft = draft(connection);
		return Difference.between(tree(this.rules.live(draft.connection())), tree(draft.rules()));
	}

	/** Publishes it; then there is no draft any more. */
	@PostMapping("/publish")
	ResponseEntity<PublishedRules.Body> publish(@PathVariable String connection, @RequestBody Publication asked) {
		String by = new Act(asked.by()).person();
		Draft draft = draft(connection);
		if (RulesBody.present("version", asked.version()) != draft.version()) {
			throw anotherOne();
		}
		ResponseEntity<PublishedRules.Body> published = this.rules.publish(draft.connection(), draft.madeFrom(),
				draft.rules(), by, previewed(draft, asked.preview()));
		this.drafts.discard(draft.connection(), draft.version());
		return published;
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void discard(@PathVariable String connection, @RequestParam int version) {
		if (!this.drafts.discard(draft(connection).connection(), version)) {
			throw anotherOne();
		}
	}

	/** A preview of exactly this draft, which shows all that it does. */
	private @Nullable String previewed(Draft draft, @Nullable String preview) {
		if (preview == null) {
			return null;
		}
		Preview found = this.previewer.find(draft.connection(), preview);
		if (found == null || found.of() != Preview.Of.DRAFT || found.version() != draft.version()
				|| found.status() != Preview.Status.COMPLETED) {
			throw Problems.conflict("'%s' is no completed preview of version %d of the draft: begin one, or publish "
				.formatted(preview, draft.version()) + "without \"preview\"");
		}
		return preview;
	}

	private Draft draft(String connection) {
		return Optional.ofNullable(this.drafts.find(new ConnectionId(connection)))
			.orElseThrow(() -> Problems.notFound("connection '%s' has no draft of its rules".formatted(connection)));
	}

	private JsonNode tree(Rules rules) {
		return this.json.valueToTree(RulesBody.of(rules.as(0)));
	}

	private static RuntimeException anotherOne() {
		return Problems.conflict("the draft was saved or discarded meanwhile: read it, and ask again");
	}

	/**
	 * A draft, as people look at it.
	 *
	 * @param madeFrom the version of the rules that it goes out from; it is published
	 * only while that holds
	 */
	record Body(String connection, int version, int madeFrom, RulesBody rules, String by, Instant at) {

		static Body of(Draft draft) {
			return new Body(draft.connection().value(), draft.version(), draft.madeFrom(), RulesBody.of(draft.rules()),
					draft.by(), draft.at());
		}

	}

	/**
	 * A draft that is to be saved.
	 *
	 * @param version the one that it was made from; null for whatever is there
	 * @param rules their {@code version} is the one of the rules that they go out from
	 */
	record Wanted(@Nullable Integer version, @Nullable RulesBody rules, @Nullable String by) {
	}

	/**
	 * A wish to publish it.
	 *
	 * @param version of the draft as it was seen
	 * @param preview where all that it does was seen and approved: who leaves there goes
	 * without being asked about again; null to be asked
	 */
	record Publication(@Nullable Integer version, @Nullable String preview, @Nullable String by) {
	}

}
