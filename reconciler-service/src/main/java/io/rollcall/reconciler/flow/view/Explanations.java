package io.rollcall.reconciler.flow.view;

import java.util.List;
import java.util.Optional;

import io.rollcall.reconciler.flow.Accounts;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.RulesBook;
import io.rollcall.reconciler.rules.Decisions;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Explains directory objects, from what is stored. */
public final class Explanations {

	private final DirectoryObjects objects;

	private final RulesBook rules;

	private final Accounts accounts;

	private final AccountViews views;

	public Explanations(DirectoryObjects objects, RulesBook rules, Accounts accounts, AccountViews views) {
		this.objects = objects;
		this.rules = rules;
		this.accounts = accounts;
		this.views = views;
	}

	/** Explains an object; empty when nothing was ever observed of it. */
	public Mono<Explanation> of(ObjectKey key) {
		return this.objects.find(List.of(key))
			.mapNotNull((found) -> found.get(key))
			.flatMap((facts) -> Mono.zip(this.rules.current(key.connection()), account(key))
				.map((found) -> explanation(facts, found.getT1(), found.getT2())));
	}

	private Mono<Optional<AccountView>> account(ObjectKey key) {
		return this.accounts.byObjects(List.of(key))
			.flatMapMany(Flux::fromIterable)
			.next()
			.flatMap((stored) -> this.views.find(stored.document().organization(), stored.document().id()))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty());
	}

	private static Explanation explanation(Facts facts, Rules rules, Optional<AccountView> account) {
		return new Explanation(facts.organization().value(), facts.key().connection().value(),
				facts.key().object().value(), facts.kind().name(), facts.ignored(), Explanation.seen(facts),
				Explanation.says(Decisions.decide(rules, facts)), rules.version(), account.orElse(null));
	}

}
