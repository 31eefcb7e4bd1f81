package io.rollcall.reconciler.web;

import java.net.URI;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.act.HeldSetApprovals;
import io.rollcall.reconciler.flow.act.HeldSetApprovals.Answer;
import io.rollcall.reconciler.flow.run.HeldSet;
import io.rollcall.reconciler.flow.run.HeldSets;
import io.rollcall.reconciler.flow.view.HeldSetView;
import reactor.core.publisher.Mono;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the guard held of a connection, and what people say about it. */
@RestController
@RequestMapping("/api/connections/{connection}/held")
class HeldSetsController {

	private final HeldSets sets;

	private final HeldSetApprovals approvals;

	HeldSetsController(HeldSets sets, HeldSetApprovals approvals) {
		this.sets = sets;
		this.approvals = approvals;
	}

	@GetMapping
	Mono<List<HeldSetView>> list(@PathVariable String connection, @RequestParam(defaultValue = "100") int limit) {
		return this.sets.of(Ids.of(ConnectionId::new, connection), Problems.limit(limit))
			.map(HeldSetView::of)
			.collectList();
	}

	@GetMapping("/{hash}")
	Mono<HeldSetView> find(@PathVariable String connection, @PathVariable String hash) {
		return this.sets.find(Ids.of(ConnectionId::new, connection), hash)
			.map(HeldSetView::of)
			.switchIfEmpty(Mono.error(() -> unknown(connection, hash)));
	}

	@PostMapping("/{hash}/approve")
	Mono<ResponseEntity<HeldSetView>> approve(@PathVariable String connection, @PathVariable String hash,
			@RequestBody Act act) {
		return judge(connection, hash, true, act);
	}

	@PostMapping("/{hash}/reject")
	Mono<ResponseEntity<HeldSetView>> reject(@PathVariable String connection, @PathVariable String hash,
			@RequestBody Act act) {
		return judge(connection, hash, false, act);
	}

	private Mono<ResponseEntity<HeldSetView>> judge(String connection, String hash, boolean approved, Act act) {
		return this.approvals.judge(Ids.of(ConnectionId::new, connection), hash, approved, act.person())
			.switchIfEmpty(Mono.error(() -> unknown(connection, hash)))
			.map(HeldSetsController::response);
	}

	private static ResponseEntity<HeldSetView> response(Answer answer) {
		return switch (answer) {
			case Answer.Judged(HeldSet set) -> ResponseEntity.ok(HeldSetView.of(set));
			case Answer.Asked(HeldSet set) -> ResponseEntity.accepted()
				.location(URI.create("/api/connections/%s/held/%s".formatted(set.connection(), set.hash())))
				.body(HeldSetView.of(set));
			case Answer.Closed(HeldSet set) -> throw Problems.conflict((set.status() == HeldSet.Status.SUPERSEDED)
					? "what is staged has changed since this set was held: look at the newer one"
					: "the set is already %s, by %s".formatted(set.status(), set.by()));
		};
	}

	private static ResponseStatusException unknown(String connection, String hash) {
		return Problems.notFound("connection '%s' has no held set '%s': list them at /api/connections/%s/held"
			.formatted(connection, hash, connection));
	}

}
