package io.rollcall.reconciler.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Observation.DecideRequested;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.reconciler.flow.CrashPoints.Step;
import io.rollcall.reconciler.rules.Account;
import reactor.core.publisher.Mono;

/**
 * What follows once accounts and teams are stored: publish what is pending, ask for the
 * decisions that freed or wanted e-mail addresses call for, count.
 */
final class AfterWriting {

	private final Outbound outbound;

	private final RunCounters counters;

	private final EmailRequests requests;

	private final CrashPoints crashPoints;

	AfterWriting(Accounts accounts, Outbound outbound, RunCounters counters, CrashPoints crashPoints) {
		this.outbound = outbound;
		this.counters = counters;
		this.requests = new EmailRequests(accounts);
		this.crashPoints = crashPoints;
	}

	Mono<Void> run(Applied applied) {
		Map<String, Touched> touched = touched(applied);
		List<Pending> due = due(applied, touched);
		return publish(due).then(after(Step.PUBLISH))
			.then(Mono.defer(() -> this.requests.after(applied.work(), touched.values(), due)))
			.flatMap(this::request)
			.then(after(Step.REQUESTS))
			.then(Mono.defer(() -> count(applied.work().segment(), due)))
			.then(after(Step.COUNTS));
	}

	private static Map<String, Touched> touched(Applied applied) {
		Map<String, Touched> touched = new LinkedHashMap<>();
		for (ObjectWork user : applied.work().users()) {
			List<Stored<Account>> accounts = new ArrayList<>(applied.accounts().ofObject(user.key()));
			user.manual()
				.forEach((request) -> applied.accounts()
					.stored(request.organization(), request.account())
					.forEach(accounts::add));
			for (Stored<Account> account : accounts) {
				touched.putIfAbsent(account.document().organization() + ":" + account.document().id(),
						new Touched(user, account));
			}
		}
		return touched;
	}

	private static List<Pending> due(Applied applied, Map<String, Touched> touched) {
		Segment.OfObjects segment = applied.work().segment();
		List<Pending> due = new ArrayList<>();
		applied.teams().forEach((group, team) -> due.addAll(segment.redelivery(group.partition()).due(team.pending())));
		touched.values()
			.forEach((account) -> due
				.addAll(segment.redelivery(account.user().partition()).due(account.account().pending())));
		return due;
	}

	private Mono<Void> publish(List<Pending> due) {
		return due.isEmpty() ? Mono.empty() : this.outbound.changes(due);
	}

	private Mono<Void> request(List<Envelope<DecideRequested>> requests) {
		return requests.isEmpty() ? Mono.empty() : this.outbound.observations(requests);
	}

	private Mono<Void> count(Segment.OfObjects segment, List<Pending> due) {
		Map<Segment.Stretch, List<RunCounters.Applied>> applied = new LinkedHashMap<>();
		for (Pending pending : due) {
			Change change = pending.change();
			Segment.Stretch stretch = segment.stretches().get(pending.partition());
			// What another batch causes is counted by that batch.
			if (change.cause().run() != null && !pending.moved() && stretch != null
					&& stretch.isReached(pending.offset())) {
				applied.computeIfAbsent(stretch, (none) -> new ArrayList<>())
					.add(new RunCounters.Applied(change.cause().connection(), change.cause().run(), change.id(),
							countOf(change)));
			}
		}
		return applied.isEmpty() ? Mono.empty()
				: this.counters.add(applied.entrySet()
					.stream()
					.map((entry) -> new RunCounters.OfPartition(entry.getKey().partition(), entry.getKey().batchFrom(),
							entry.getKey().last(), entry.getValue()))
					.toList());
	}

	static ApplyCounts countOf(Change change) {
		return switch (change) {
			case Change.AccountCreated _ -> new ApplyCounts(1, 0, 0, 0, 0, 0, 0, 0);
			case Change.AccountUpdated _, Change.AccountLinked _ -> new ApplyCounts(0, 1, 0, 0, 0, 0, 0, 0);
			case Change.AccountDeactivated _ -> new ApplyCounts(0, 0, 1, 0, 0, 0, 0, 0);
			case Change.AccountReactivated _ -> new ApplyCounts(0, 0, 0, 1, 0, 0, 0, 0);
			case Change.AccountHeld _ -> new ApplyCounts(0, 0, 0, 0, 1, 0, 0, 0);
			case Change.AccountReleased _ -> ApplyCounts.NONE;
			case Change.MemberAdded _ -> new ApplyCounts(0, 0, 0, 0, 0, 0, 1, 0);
			case Change.MemberRemoved _ -> new ApplyCounts(0, 0, 0, 0, 0, 0, 0, 1);
			case Change.OfTeam _ -> new ApplyCounts(0, 0, 0, 0, 0, 1, 0, 0);
		};
	}

	private Mono<Void> after(Step step) {
		return Mono.fromRunnable(() -> this.crashPoints.after(step));
	}

	/** An account that the segment's records are about, written or not. */
	record Touched(ObjectWork user, Stored<Account> account) {
	}

}
