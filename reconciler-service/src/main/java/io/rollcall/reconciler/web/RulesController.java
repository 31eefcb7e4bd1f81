package io.rollcall.reconciler.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A connection's rules: those that hold, and all versions. */
@RestController
@RequestMapping("/api/connections/{connection}/rules")
class RulesController {

	private final Connections connections;

	private final PublishedRules rules;

	private final Catalogues catalogues;

	RulesController(Ports ports, PublishedRules rules, Catalogues catalogues) {
		this.connections = ports.connections();
		this.rules = rules;
		this.catalogues = catalogues;
	}

	/** Those that hold: the standard ones while nobody published any. */
	@GetMapping
	PublishedRules.Body current(@PathVariable String connection) {
		ConnectionId id = new ConnectionId(connection);
		return this.rules.body(id, this.rules.live(id));
	}

	/** Publishes all of them; everybody is decided again if the connection is active. */
	@PutMapping
	ResponseEntity<PublishedRules.Body> publish(@PathVariable String connection,
			@RequestBody(required = false) @Nullable RulesBody asked) {
		RulesBody body = RulesBody.present("rules", asked);
		Rules wanted = body.rules(this.catalogues.of(ObjectKind.USER));
		return this.rules.publish(new ConnectionId(connection), body.version(), wanted, new Act(body.by()).person(),
				null);
	}

	/** All versions, the newest first; the last is 1, the standard rules. */
	@GetMapping("/versions")
	Page<Version> versions(@PathVariable String connection, @RequestParam @Nullable Integer cursor,
			@RequestParam(defaultValue = "100") int limit) {
		ConnectionId id = this.rules.connection(new ConnectionId(connection)).id();
		int most = Problems.limit(limit);
		int live = this.rules.live(id).version();
		List<Version> page = new ArrayList<>();
		this.connections.versions(id, cursor, most)
			.forEach((each) -> page.add(
					new Version(each.version(), each.published().by(), each.published().at(), each.version() == live)));
		int standard = Rules.standard().version();
		if (page.size() < most && (cursor == null || cursor > standard)) {
			page.add(new Version(standard, null, null, live == standard));
			return new Page<>(page, null);
		}
		return new Page<>(page, page.isEmpty() ? null : String.valueOf(page.getLast().version()));
	}

	@GetMapping("/versions/{version}")
	PublishedRules.Body version(@PathVariable String connection, @PathVariable int version) {
		ConnectionId id = new ConnectionId(connection);
		return this.rules.body(id, this.rules.version(id, version));
	}

	/** Publishes what an old version says as a new one. */
	@PostMapping("/versions/{version}/restore")
	ResponseEntity<PublishedRules.Body> restore(@PathVariable String connection, @PathVariable int version,
			@RequestBody Restoration asked) {
		ConnectionId id = new ConnectionId(connection);
		return this.rules.publish(id, asked.version(), this.rules.version(id, version), new Act(asked.by()).person(),
				null);
	}

	/**
	 * One version.
	 *
	 * @param by who published it; null for the standard rules
	 * @param live whether it holds: a new one does a moment after it was published
	 */
	record Version(int version, @Nullable String by, @Nullable Instant at, boolean live) {
	}

	/**
	 * A wish to bring a version back.
	 *
	 * @param version the one that is known to hold; null for whichever does
	 */
	record Restoration(@Nullable Integer version, @Nullable String by) {
	}

}
