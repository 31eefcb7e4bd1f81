package io.rollcall.notifier.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.model.run.RunEvent.RecordsLost;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunEvent.ConnectionActivated;
import io.rollcall.model.run.RunEvent.ConnectionPaused;
import io.rollcall.model.run.RunEvent.ConnectionSaved;
import io.rollcall.model.run.RunEvent.FreshnessLost;
import io.rollcall.model.run.RunEvent.FreshnessRestored;
import io.rollcall.model.run.RunEvent.HeldSetClosed;
import io.rollcall.model.run.RunEvent.RunCompleted;
import io.rollcall.model.run.RunEvent.RunFailed;
import io.rollcall.model.run.RunEvent.RunProgressed;
import io.rollcall.model.run.RunEvent.RunRead;
import io.rollcall.model.run.RunEvent.RunStarted;
import io.rollcall.model.run.RunEvent.SetHeld;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.notifier.rules.News.Delivery;
import io.rollcall.notifier.rules.Part.Count;
import io.rollcall.notifier.rules.Part.Moment;
import io.rollcall.notifier.rules.Part.Term;
import io.rollcall.notifier.rules.Part.Text;

/** News of runs and connections: digests, failures, and what waits for a person. */
final class RunNews {

	private RunNews() {
	}

	static Optional<News> of(RunEvent event) {
		Text connection = new Text(event.connection().value());
		return switch (event) {
			case RunStarted _, RunProgressed _, RunRead _, ConnectionSaved _ -> Optional.empty();
			case RunCompleted it -> completed(it, connection);
			case RunFailed it -> Optional.of(failed(it, connection));
			case SetHeld it ->
				Optional.of(inCharge(it, Severity.WARNING, connection, new Count(it.count()), new Count(it.total()),
						new Term("guarded." + it.kind()), new Text(it.limit()))
					.about(it.run().value())
					.by(Delivery.INBOX, Delivery.FAILURE_MAIL)
					.asking("SetHeld.action"));
			case HeldSetClosed it -> Optional.of(inCharge(it, Severity.INFO, connection, new Text(it.by()))
				.worded(it.approved() ? "HeldSetClosed.approved" : "HeldSetClosed.rejected")
				.about(it.run().value()));
			case ConnectionActivated it ->
				Optional.of(inCharge(it, Severity.INFO, connection, new Text(it.by())).about(it.connection().value()));
			case ConnectionPaused it ->
				Optional.of(inCharge(it, Severity.ERROR, connection).about(it.connection().value())
					.because(it.connection(), it.problem())
					.by(Delivery.INBOX, Delivery.FAILURE_MAIL));
			case FreshnessLost it -> Optional
				.of(inCharge(it, Severity.ERROR, connection, new Moment(it.lastRead())).about(it.connection().value())
					.because(it.connection(), it.problem())
					.by(Delivery.INBOX, Delivery.FAILURE_MAIL));
			case RecordsLost it -> Optional.of(inCharge(it, Severity.ERROR, connection).about(it.connection().value())
				.explained(it.problem())
				.by(Delivery.INBOX, Delivery.FAILURE_MAIL));
			case FreshnessRestored it ->
				Optional.of(inCharge(it, Severity.INFO, connection).about(it.connection().value())
					.by(Delivery.INBOX, Delivery.FAILURE_MAIL));
		};
	}

	/**
	 * A failure that is retried by itself stays in the inbox; should it last, freshness
	 * is lost, and that is mailed.
	 */
	private static News failed(RunFailed it, Text connection) {
		News news = (it.retryAt() != null && !it.problem().needsPerson())
				? inCharge(it, Severity.WARNING, connection, new Moment(it.retryAt())).worded("RunFailed.retried")
				: inCharge(it, Severity.ERROR, connection).by(Delivery.INBOX, Delivery.FAILURE_MAIL,
						Delivery.DIGEST_MAIL);
		return news.about(it.run().value()).because(it.connection(), it.problem());
	}

	/**
	 * Runs that hints trigger are small and frequent: their changes were told one by one,
	 * so only the inbox says when such a run left something held.
	 */
	private static Optional<News> completed(RunCompleted it, Text connection) {
		Map<String, Long> figures = figures(it.applied());
		boolean hinted = it.trigger() == RunTrigger.HINT;
		if (figures.isEmpty() || hinted && it.applied().held() == 0) {
			return Optional.empty();
		}
		Set<Role> audience = hinted ? News.IN_CHARGE : News.EVERYONE;
		Severity severity = (it.applied().held() > 0) ? Severity.WARNING : Severity.INFO;
		News news = News
			.of("RunCompleted", severity, audience, it.at(), connection, new Term("mode." + it.mode()),
					new Count(figures.values().stream().mapToLong(Long::longValue).sum()), new Count(it.read().users()),
					new Count(it.read().groups()))
			.about(it.run().value())
			.counting(figures);
		News asking = (it.applied().held() > 0) ? news.asking("RunCompleted.held.action") : news;
		return Optional.of(hinted ? asking : asking.by(Delivery.INBOX, Delivery.DIGEST_MAIL));
	}

	private static Map<String, Long> figures(ApplyCounts counts) {
		Map<String, Long> figures = new LinkedHashMap<>();
		figures.put("created", counts.created());
		figures.put("updated", counts.updated());
		figures.put("deactivated", counts.deactivated());
		figures.put("reactivated", counts.reactivated());
		figures.put("held", counts.held());
		figures.put("teams", counts.teams());
		figures.put("joined", counts.joined());
		figures.put("left", counts.left());
		figures.values().removeIf((count) -> count == 0);
		return figures;
	}

	private static News inCharge(RunEvent event, Severity severity, Part... parts) {
		return News.of(event.getClass().getSimpleName(), severity, News.IN_CHARGE, event.at(), parts);
	}

}
