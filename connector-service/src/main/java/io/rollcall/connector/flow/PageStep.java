package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.rollcall.connector.rules.BulkPace;
import io.rollcall.connector.rules.Chain;
import io.rollcall.connector.rules.FailurePolicy;
import io.rollcall.connector.rules.Lane;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.RunInHand;
import io.rollcall.connector.rules.Step;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Reads a page: request, publish, acknowledged, link saved. The next page is requested
 * while this one is being acknowledged; its link is saved only afterwards, so a crash
 * repeats pages and never skips one. A long run publishes a page in slices, a step each.
 */
final class PageStep {

	private static final Logger log = LoggerFactory.getLogger(PageStep.class);

	private static final String BEHIND = "The reconciler does not keep up with what is read: reading waits for it";

	private final Tenants tenants;

	private final Observations observations;

	private final SyncStates states;

	private final Lags lags;

	private final Sequences sequences;

	private final RunReport report;

	private final Freshness freshness;

	private final FailureStep failures;

	private final BulkPace pace;

	private final InstantSource clock;

	PageStep(Tenants tenants, Observations observations, SyncStates states, Lags lags, Sequences sequences,
			RunReport report, Freshness freshness, FailureStep failures, BulkPace pace, InstantSource clock) {
		this.tenants = tenants;
		this.observations = observations;
		this.states = states;
		this.lags = lags;
		this.sequences = sequences;
		this.report = report;
		this.freshness = freshness;
		this.failures = failures;
		this.pace = pace;
		this.clock = clock;
	}

	Mono<Void> perform(Tenure tenure, Step.ReadPage step) {
		return mayPublish(tenure, step).flatMap((most) -> read(tenure, step, most));
	}

	/**
	 * How many records may be published at once. A long run waits while the reconciler
	 * lags: its lane rests, so that hints go on, and then it is asked again. What was
	 * read and is not published yet stays.
	 */
	private Mono<Integer> mayPublish(Tenure tenure, Step.ReadPage step) {
		RunInHand run = step.run();
		if (!run.isLong()) {
			return Mono.just(Integer.MAX_VALUE);
		}
		return this.lags.ofReconciler().flatMap((lag) -> {
			Duration pause = this.pace.pause(lag.records(), lag.perSecond(), lag.hints());
			if (tenure.waits(step.lane(), pause.isPositive())) {
				log.debug("Connection {}, {} run {} {}, {} records are before the reconciler", tenure.id(), run.mode(),
						run.id(), pause.isPositive() ? "waits" : "goes on", lag.records());
			}
			if (!pause.isPositive()) {
				return Mono.just(this.pace.slice(lag.hints()));
			}
			tenure.patience(tenure.patience().laneUntil(step.lane(), this.clock.instant().plus(pause)));
			return this.freshness.judge(tenure, FailurePolicy.problem(Problem.Code.INTERNAL, BEHIND, false))
				.then(Mono.empty());
		});
	}

	private Mono<Void> read(Tenure tenure, Step.ReadPage step, int most) {
		Chain live = tenure.state().chain(step.run().resource());
		RunInHand run = step.run().asking(live, this.clock.instant());
		String link = run.link(live);
		PageInHand inHand = tenure.takeInHand(step.lane(), run, (link != null) ? link : "");
		if (inHand != null) {
			return publish(tenure, step.lane(), inHand, most);
		}
		Fetched ahead = tenure.takeAhead(step.lane(), link);
		Mono<Fetched> fetched = (ahead != null) ? Mono.just(ahead) : fetch(tenure, run.resource(), link);
		return fetched.flatMap((page) -> switch (page.answer()) {
			case Answer.Got<Page>(Page value) -> take(tenure, step.lane(), run, page, value, most);
			case Answer.Failed<Page>(var failure) -> this.failures.perform(tenure, step.lane(), run, failure);
		});
	}

	private Mono<Fetched> fetch(Tenure tenure, Resource resource, @Nullable String link) {
		return this.sequences.next(tenure)
			.flatMap((sequence) -> this.tenants.page(tenure.connection(), resource, link)
				.map((answer) -> new Fetched((link != null) ? link : "", sequence, answer)));
	}

	private Mono<Void> take(Tenure tenure, Lane lane, RunInHand run, Fetched fetched, Page page, int most) {
		tenure.succeeded(lane);
		int selection = run.selection(tenure.state().chain(run.resource()));
		Readings readings = Readings.of(page.items(), tenure.connection(), run.id(), fetched.sequence(), selection, 1);
		Mono<Void> published = announce(tenure, run, readings)
			.flatMap((told) -> publish(tenure, lane, new PageInHand(told, fetched, page, readings), most));
		String next = page.nextLink();
		if (next == null || !tenure.canCountOn()) {
			return published;
		}
		Mono<Void> readAhead = fetch(tenure, run.resource(), next)
			.doOnNext((following) -> tenure.ahead(lane, following))
			.then();
		return Mono.when(published, readAhead);
	}

	/** A run that nobody asked for says that it has started when it finds something. */
	private Mono<RunInHand> announce(Tenure tenure, RunInHand run, Readings readings) {
		if (run.announced() || (run.trigger() == RunTrigger.HINT && readings.list().isEmpty())) {
			return Mono.just(run);
		}
		return this.report.started(tenure.connection(), run).thenReturn(run.withAnnounced());
	}

	private Mono<Void> publish(Tenure tenure, Lane lane, PageInHand inHand, int most) {
		List<Observation.Reading> slice = inHand.slice(most);
		return this.observations.publish(slice, inHand.run().isBulk()).flatMap((partitions) -> {
			this.lags.published(slice.size());
			PageInHand after = inHand.after(slice, partitions);
			if (after.isPublished()) {
				return save(tenure, lane, after);
			}
			tenure.inHand(lane, after);
			return Mono.empty();
		});
	}

	private Mono<Void> save(Tenure tenure, Lane lane, PageInHand published) {
		RunInHand run = published.run();
		Page page = published.page();
		Readings readings = published.readings();
		if (page.setAside() > 0) {
			log.warn(
					"Connection {}, {} run {}: on page {} ({}) {} objects or edges have no usable id and are set aside",
					tenure.id(), run.mode(), run.id(), run.counts().pages() + 1, run.resource(), page.setAside());
		}
		RunInHand after = run.withSetAside(page.setAside())
			.afterPage(page.nextLink(), page.deltaLink(), !readings.list().isEmpty(), published.touched(),
					readings.counts());
		boolean ended = after.isRead() && after.isSilent();
		SyncState state = ended ? tenure.state().finished(lane, after) : tenure.state().with(lane, after);
		Instant now = this.clock.instant();
		return this.freshness.restored(tenure.connection(), state, now).flatMap(this.states::save).doOnNext((saved) -> {
			tenure.state(saved);
			if (ended) {
				tenure.finished(lane);
			}
		}).then(Mono.defer(() -> this.report.progressed(tenure, after)));
	}

}
