package io.rollcall.reconciler.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.act.Acts;
import io.rollcall.reconciler.flow.act.Acts.Judgement;
import io.rollcall.reconciler.flow.coordinate.HeldSets;
import io.rollcall.reconciler.flow.coordinate.HeldSets.HeldSet;
import io.rollcall.reconciler.flow.coordinate.StagedEntries;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
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

	private final HeldSets sets;

	private final StagedEntries entries;

	private final Acts acts;

	HeldSetsController(HeldSets sets, StagedEntries entries, Acts acts) {
		this.sets = sets;
		this.entries = entries;
		this.acts = acts;
	}

	/** The newest first. */
	@GetMapping
	Mono<List<Body>> list(@PathVariable String connection, @RequestParam HeldSet.@Nullable Status status,
			@RequestParam(defaultValue = "100") int limit) {
		int most = Problems.limit(limit);
		return Blocking
			.run(() -> this.sets.of(new ConnectionId(connection), status, most).stream().map(Body::of).toList());
	}

	@GetMapping("/{hash}")
	Mono<Body> find(@PathVariable String connection, @PathVariable String hash) {
		return Blocking.run(() -> Body.of(set(connection, hash)));
	}

	/** Exactly who is in the set, with the reason; nobody any more once it was judged. */
	@GetMapping("/{hash}/members")
	Mono<Page<Member>> members(@PathVariable String connection, @PathVariable String hash,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		int most = Problems.limit(limit);
		return Blocking.run(() -> {
			set(connection, hash);
			List<StagedEntries.Waiting> page = this.entries.held(new ConnectionId(connection), hash, cursor, most);
			return new Page<>(page.stream().map(Member::of).toList(),
					(page.size() == most) ? page.getLast().number() : null);
		});
	}

	@PostMapping("/{hash}/approve")
	Mono<ResponseEntity<Body>> approve(@PathVariable String connection, @PathVariable String hash,
			@RequestBody Approval approval) {
		return Blocking.run(() -> answer(connection, hash, this.acts.judge(new ConnectionId(connection), hash, true,
				approval.part(), new Act(approval.by()).person())));
	}

	@PostMapping("/{hash}/reject")
	Mono<ResponseEntity<Body>> reject(@PathVariable String connection, @PathVariable String hash,
			@RequestBody Act act) {
		return Blocking.run(() -> answer(connection, hash,
				this.acts.judge(new ConnectionId(connection), hash, false, null, act.person())));
	}

	private HeldSet set(String connection, String hash) {
		HeldSet set = this.sets.find(new ConnectionId(connection), hash);
		if (set == null) {
			throw unknown(connection, hash);
		}
		return set;
	}

	private static ResponseEntity<Body> answer(String connection, String hash, Judgement judgement) {
		return switch (judgement) {
			case Judgement.Done(HeldSet set) -> ResponseEntity.ok(Body.of(set));
			case Judgement.Asked(HeldSet set) -> ResponseEntity.accepted()
				.location(URI.create("/api/connections/%s/held/%s".formatted(set.connection(), set.hash())))
				.body(Body.of(set));
			case Judgement.Closed(HeldSet set) -> throw Problems.conflict(
					"the set is already %s%s".formatted(set.status(), (set.by() != null) ? ", by " + set.by() : ""));
			case Judgement.NotActive _ ->
				throw Problems.conflict("nothing is released while the connection is not active: activate it first");
			case Judgement.Unknown _ -> throw unknown(connection, hash);
		};
	}

	private static ErrorResponseException unknown(String connection, String hash) {
		return Problems.notFound("connection '%s' has no held set '%s': list them at /api/connections/%s/held"
			.formatted(connection, hash, connection));
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

	/**
	 * A held set, as people look at it.
	 *
	 * @param kind {@code ACCOUNTS}, {@code MEMBERSHIPS}, {@code TEAMS} or
	 * {@code ADDRESSES}
	 * @param count how many would go, of {@code total}
	 * @param limit how many may go within 24 hours
	 * @param names the first of them
	 * @param status {@code OPEN} while it waits for a person
	 * @param only what was approved of it, where not all was
	 * @param by who judged it; null when it is {@code OVER}: nothing of it was left
	 */
	record Body(String organization, String connection, @Nullable String run, String hash, String kind, long count,
			long total, long limit, List<String> names, String status, @Nullable List<String> only, Instant at,
			@Nullable String by, @Nullable Instant judgedAt) {

		static Body of(HeldSet set) {
			return new Body(set.organization().value(), set.connection().value(),
					(set.run() != null) ? set.run().value() : null, set.hash(), set.kind().name(), set.count(),
					set.total(), set.limit(), set.names(), set.status().name(), set.only(), set.at(), set.by(),
					set.judgedAt());
		}

	}

	/**
	 * Who is in a set.
	 *
	 * @param id the account or team
	 * @param team the team to leave, of a membership
	 */
	record Member(String id, String name, String object, @Nullable String team, @Nullable ReasonBody reason) {

		static Member of(StagedEntries.Waiting waiting) {
			return new Member(waiting.entry().id(), waiting.entry().name(), waiting.entry().object().value(),
					waiting.entry().team(), ReasonBody.of(waiting.entry().reason()));
		}

	}

}
