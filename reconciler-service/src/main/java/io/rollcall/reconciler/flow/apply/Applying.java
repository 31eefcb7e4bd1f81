package io.rollcall.reconciler.flow.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.Problem;

/**
 * Applies the batches of one consumer, one after the other, so that one connection's
 * trouble stops nobody else: what fails again is applied connection by connection, and a
 * connection that fails alone three times is set aside. What fails for all waits: it is
 * thrown, and comes again.
 */
public final class Applying {

	private static final int TOGETHER = 2;

	private static final int ALONE = 3;

	/** Until then its coordinator has noted that it is set aside, or it fails again. */
	private static final Duration NOTED_WITHIN = Duration.ofMinutes(1);

	private final Apply apply;

	private final Outbound outbound;

	private final InstantSource clock;

	private final Map<ConnectionId, Integer> failuresAlone = new HashMap<>();

	private final Map<ConnectionId, Instant> setAsideUntil = new HashMap<>();

	private int failures;

	public Applying(Apply apply, Outbound outbound, InstantSource clock) {
		this.apply = apply;
		this.outbound = outbound;
		this.clock = clock;
	}

	/**
	 * Applies a batch; when it returns, the batch may be committed.
	 * @return what was passed over, as its connection is set aside
	 */
	public List<Batch.Entry> apply(Batch batch) {
		List<Batch.Entry> passedOver = new ArrayList<>();
		Map<ConnectionId, List<Batch.Entry>> byConnection = new LinkedHashMap<>();
		List<Batch.Entry> entries = new ArrayList<>();
		this.setAsideUntil.values().removeIf((until) -> this.clock.instant().isAfter(until));
		batch.entries().forEach((entry) -> {
			ConnectionId connection = entry.observation().connection();
			if (this.setAsideUntil.containsKey(connection)) {
				passedOver.add(entry);
			}
			else {
				entries.add(entry);
				byConnection.computeIfAbsent(connection, (none) -> new ArrayList<>()).add(entry);
			}
		});
		if (entries.isEmpty()) {
			return passedOver;
		}
		if (this.failures < TOGETHER) {
			passedOver.addAll(together(new Batch(entries, batch.fresh())));
		}
		else {
			byConnection(batch, byConnection, passedOver);
		}
		this.failures = 0;
		return passedOver;
	}

	private List<Batch.Entry> together(Batch batch) {
		try {
			return this.apply.apply(batch);
		}
		catch (Unavailable | Batch.TooOld | WrittenByOthers ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			this.failures++;
			throw ex;
		}
	}

	private void byConnection(Batch batch, Map<ConnectionId, List<Batch.Entry>> parts, List<Batch.Entry> passedOver) {
		Map<ConnectionId, RuntimeException> failed = new LinkedHashMap<>();
		parts.forEach((connection, entries) -> {
			try {
				passedOver.addAll(this.apply.apply(new Batch(entries, batch.fresh())));
				this.failuresAlone.remove(connection);
			}
			catch (Unavailable | Batch.TooOld | WrittenByOthers ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				failed.put(connection, ex);
			}
		});
		List<RuntimeException> tryAgain = new ArrayList<>();
		failed.forEach((connection, failure) -> {
			if (this.failuresAlone.merge(connection, 1, Integer::sum) < ALONE) {
				tryAgain.add(failure);
			}
		});
		if (!tryAgain.isEmpty()) {
			throw tryAgain.getFirst();
		}
		failed.forEach((connection, failure) -> {
			List<Batch.Entry> entries = parts.getOrDefault(connection, List.of());
			setAside(entries.getFirst(), failure);
			passedOver.addAll(entries);
		});
	}

	private void setAside(Batch.Entry entry, RuntimeException failure) {
		Instant now = this.clock.instant();
		ConnectionId connection = entry.observation().connection();
		Progress.SettingAside event = new Progress.SettingAside(entry.observation().organization(), connection,
				new Problem(Problem.Code.SET_ASIDE, Map.of("detail", failure.getClass().getSimpleName()), false), now);
		this.outbound.publish(List.of(Outbound.Message.of(Topics.PROGRESS, "aside:" + connection + ":" + entry.topic()
				+ ":" + entry.origin().partition() + ":" + entry.origin().offset(), now, event)));
		this.failuresAlone.remove(connection);
		this.setAsideUntil.put(connection, now.plus(NOTED_WITHIN));
	}

}
