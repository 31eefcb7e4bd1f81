package io.rollcall.reconciler.flow.act;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.run.MemberEvaluations;
import io.rollcall.reconciler.flow.run.RunEnvelopes;
import io.rollcall.reconciler.flow.run.RunState;
import io.rollcall.reconciler.flow.run.Runs;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Stores the next version of a connection's rules, says so, and has everybody decided
 * again. Whoever gets an error after the version was stored publishes once more: that is
 * the version after it.
 */
public final class RulesPublishing {

	/** What teams need to be known of a group. */
	private static final List<String> GROUP_ATTRIBUTES = List.of("displayName");

	private final RulesStore store;

	private final Runs runs;

	private final MemberEvaluations evaluations;

	private final Outbound outbound;

	private final InstantSource clock;

	public RulesPublishing(RulesStore store, Runs runs, MemberEvaluations evaluations, Outbound outbound,
			InstantSource clock) {
		this.store = store;
		this.runs = runs;
		this.evaluations = evaluations;
		this.outbound = outbound;
		this.clock = clock;
	}

	/** Publishes rules, unless they would go over what somebody else published. */
	public Mono<Answer> publish(ConnectionId connection, Wanted wanted) {
		Mono<Rules> current = this.store.newest(connection).map(PublishedRules::rules).defaultIfEmpty(Rules.standard());
		return organization(connection).filter((known) -> !known.equals(wanted.organization()))
			.<Answer>map(Answer.OfAnother::new)
			.switchIfEmpty(current.flatMap((before) -> publish(connection, before, wanted)));
	}

	private Mono<OrganizationId> organization(ConnectionId connection) {
		return this.store.newest(connection)
			.map(PublishedRules::organization)
			.switchIfEmpty(this.runs.newest(connection, 1).next().map(RunState::organization));
	}

	private Mono<Answer> publish(ConnectionId connection, Rules before, Wanted wanted) {
		if (wanted.version() != null && wanted.version() != before.version()) {
			return Mono.just(new Answer.Outdated(before.version()));
		}
		PublishedRules next = new PublishedRules(wanted.organization(), connection, wanted.after(before), wanted.by(),
				this.clock.instant());
		return this.store.add(next)
			.flatMap((added) -> added ? announce(next) : Mono.just(new Answer.Outdated(next.rules().version())));
	}

	private Mono<Answer> announce(PublishedRules published) {
		Rules rules = published.rules();
		ConnectionId connection = published.connection();
		RunId run = new RunId("rules-" + rules.version());
		Instant at = published.at();
		RulesPublished event = new RulesPublished(published.organization(), connection, rules.version(),
				rules.selection(), rules.userAttributes(), GROUP_ATTRIBUTES, at);
		return this.outbound
			.events(List.of(RunEnvelopes.event("%s:rules:%d".formatted(connection, rules.version()), at, event)))
			.then(this.evaluations.everybody(published.organization(), connection, run, "RULES"))
			.thenReturn(new Answer.Published(published, run));
	}

	/**
	 * Rules that somebody wants.
	 *
	 * @param version the version that they were made from; null for whichever is there
	 */
	public record Wanted(OrganizationId organization, @Nullable Integer version, Rules.Scope scope,
			Map<String, String> fields, @Nullable Set<ObjectId> chosenGroups, Rules.Guard guard, String by) {

		private Rules after(Rules before) {
			Rules same = rules(before.version() + 1, before.selection());
			boolean needsTheSame = Set.copyOf(same.userAttributes()).equals(Set.copyOf(before.userAttributes()));
			return needsTheSame ? same : rules(before.version() + 1, before.selection() + 1);
		}

		private Rules rules(int nextVersion, int selection) {
			return new Rules(nextVersion, selection, this.scope, this.fields, this.chosenGroups, this.guard);
		}

	}

	/** What came of it. */
	public sealed interface Answer {

		/** They are published, and everybody is decided again by this run. */
		record Published(PublishedRules rules, RunId run) implements Answer {
		}

		/** Somebody else published this version meanwhile. */
		record Outdated(int version) implements Answer {
		}

		/** The connection belongs to another organization. */
		record OfAnother(OrganizationId organization) implements Answer {
		}

	}

}
