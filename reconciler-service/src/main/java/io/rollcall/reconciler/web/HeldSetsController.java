package io.rollcall.reconciler.web;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.coordinate.StagedEntries;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.HeldSet;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Acts.Judgement;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the guard held of a connection, and what people say about it. */
@RestController
@RequestMapping("/api/connections/{connection}/held")
class HeldSetsController {

	private static final int MOST_OF_A_PART = 1_000;

	private final StagedEntries entries;

	private final Acts acts;

	HeldSetsController(Ports ports, Acts acts) {
		this.entries = ports.entries();
		this.acts = acts;
	}

	/** The newest first. */
	@GetMapping
	List<HeldSet> list(@PathVariable String connection, @RequestParam HeldSet.@Nullable Status status,
			@RequestParam(defaultValue = "100") int limit) {
		return this.entries.sets(new ConnectionId(connection), status, Problems.limit(limit));
	}

	@GetMapping("/{hash}")
	HeldSet find(@PathVariable String connection, @PathVariable String hash) {
		return set(connection, hash);
	}

	/** Exactly who is in the set, with the reason; nobody any more once it was judged. */
	@GetMapping("/{hash}/members")
	Page<Staged.Entry> members(@PathVariable String connection, @PathVariable String hash,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		int most = Problems.limit(limit);
		HeldSet set = set(connection, hash);
		List<StagedEntries.Waiting> page = this.entries.held(set.connection(), hash, cursor, most);
		return new Page<>(page.stream().map(StagedEntries.Waiting::entry).toList(),
				(page.size() == most) ? page.getLast().number() : null);
	}

	@PostMapping("/{hash}/approve")
	ResponseEntity<HeldSet> approve(@PathVariable String connection, @PathVariable String hash,
			@RequestBody Approval approval) {
		return judge(connection, hash, true, approval.part(), new Act(approval.by()).person());
	}

	@PostMapping("/{hash}/reject")
	ResponseEntity<HeldSet> reject(@PathVariable String connection, @PathVariable String hash, @RequestBody Act act) {
		return judge(connection, hash, false, null, act.person());
	}

	private HeldSet set(String connection, String hash) {
		return Optional.ofNullable(this.entries.find(new ConnectionId(connection), hash))
			.orElseThrow(() -> Problems
				.notFound("connection '%s' has no held set '%s': list them at /api/connections/%s/held"
					.formatted(connection, hash, connection)));
	}

	private ResponseEntity<HeldSet> judge(String connection, String hash, boolean approved, @Nullable List<String> only,
			String by) {
		return switch (this.acts.judge(set(connection, hash), approved, only, by)) {
			case Judgement.Told(HeldSet set, boolean stored) -> stored ? ResponseEntity.ok(set)
					: ResponseEntity.accepted()
						.location(URI.create("/api/connections/%s/held/%s".formatted(connection, hash)))
						.body(set);
			case Judgement.Closed(HeldSet set) -> throw Problems.conflict(
					"the set is already %s%s".formatted(set.status(), (set.by() != null) ? ", by " + set.by() : ""));
			case Judgement.NotActive _ ->
				throw Problems.conflict("nothing is released while the connection is not active: activate it first");
		};
	}

	/**
	 * A yes.
	 *
	 * @param only the accounts and teams that are approved, where not all are: the others
	 * become a held set of their own
	 */
	record Approval(@Nullable String by, @Nullable List<String> only) {

		private @Nullable List<String> part() {
			if (this.only != null && (this.only.isEmpty() || this.only.size() > MOST_OF_A_PART)) {
				throw Problems.invalid(
						"\"only\" must name 1 to %d accounts or teams; leave it out for all".formatted(MOST_OF_A_PART));
			}
			return this.only;
		}

	}

}
