package io.rollcall.reconciler.flow.run;

import java.util.Collection;
import java.util.List;

import io.rollcall.reconciler.rules.guard.StagedItem;
import reactor.core.publisher.Mono;

/** The stored pages of staged sets. */
public interface StagedPages {

	Mono<Void> keep(StagedPage page);

	Mono<List<StagedItem>> items(String page);

	/** Decides about every item of these pages at once. */
	Mono<Void> decide(Collection<String> pages, StagedPage.Status status);

	Mono<Void> drop(Collection<String> pages);

}
