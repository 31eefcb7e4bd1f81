package io.rollcall.simulator.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.simulator.tenant.ActRefused;
import io.rollcall.simulator.tenant.Tenant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts: what is to happen now happens before {@link #run} returns, the rest goes
 * on by itself.
 */
public final class Scripts implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Scripts.class);

	private final ScheduledExecutorService timer = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("life").factory());

	private final Map<String, Map<String, Running>> running = new ConcurrentHashMap<>();

	private final Map<String, Acts> acts = new ConcurrentHashMap<>();

	private final AtomicInteger numbers = new AtomicInteger();

	/**
	 * What came of a script.
	 *
	 * @param schedules ids of the lines that go on, to stop them with
	 */
	public record Result(List<Performed> performed, List<String> schedules) {
	}

	/**
	 * A line that goes on.
	 *
	 * @param line as it was written
	 * @param times how often it happened
	 * @param refused how often it could not happen
	 */
	public record Schedule(String id, String line, int times, int refused) {
	}

	/**
	 * Runs a script; a line that cannot happen ends it, and what happened before stays.
	 */
	public Result run(Tenant tenant, String script) {
		List<ScriptLine> lines = ScriptLine.parse(script);
		List<Performed> performed = new ArrayList<>();
		List<String> schedules = new ArrayList<>();
		Acts here = this.acts.computeIfAbsent(tenant.id(), (id) -> new Acts(tenant, new Random(tenant.spec().seed())));
		for (ScriptLine line : lines) {
			if (line.now()) {
				performed.add(perform(here, line));
			}
			else {
				schedules.add(schedule(tenant, here, line));
			}
		}
		return new Result(performed, schedules);
	}

	/** Lets a tenant live by itself, with random acts that the seed decides. */
	public String live(Tenant tenant, double perSecond, long seed) {
		Duration period = Duration.ofNanos((long) (1_000_000_000 / perSecond));
		ScriptLine line = new ScriptLine(period, Duration.ZERO, List.of("life"), "at %s/s life".formatted(perSecond));
		return schedule(tenant, new Acts(tenant, new Random(seed)), line);
	}

	public List<Schedule> of(String tenant) {
		return this.running.getOrDefault(tenant, Map.of())
			.entrySet()
			.stream()
			.map((entry) -> entry.getValue().describe(entry.getKey()))
			.toList();
	}

	public boolean stop(String tenant, String id) {
		Running stopped = this.running.getOrDefault(tenant, Map.of()).remove(id);
		if (stopped != null) {
			stopped.cancel();
		}
		return stopped != null;
	}

	public void stopAll(String tenant) {
		Map<String, Running> all = this.running.remove(tenant);
		if (all != null) {
			all.values().forEach(Running::cancel);
		}
	}

	/** Forgets a tenant that is gone. */
	public void forget(String tenant) {
		stopAll(tenant);
		this.acts.remove(tenant);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

	private static Performed perform(Acts acts, ScriptLine line) {
		try {
			return acts.perform(line.words());
		}
		catch (ActRefused refused) {
			throw new ScriptRefused(String.valueOf(refused.getMessage()), line.text());
		}
	}

	private String schedule(Tenant tenant, Acts here, ScriptLine line) {
		String id = "s" + this.numbers.incrementAndGet();
		Running task = new Running(here, line);
		Duration period = line.period();
		long delay = line.delay().toNanos();
		task.future = (period == null) ? this.timer.schedule(task, delay, TimeUnit.NANOSECONDS)
				: this.timer.scheduleAtFixedRate(task, delay, Math.max(1, period.toNanos()), TimeUnit.NANOSECONDS);
		this.running.computeIfAbsent(tenant.id(), (key) -> new ConcurrentHashMap<>()).put(id, task);
		return id;
	}

	/**
	 * A line that goes on; a single refusal, as when nobody is left to rename, does not
	 * stop it.
	 */
	private static final class Running implements Runnable {

		private final Acts acts;

		private final ScriptLine line;

		private final AtomicInteger times = new AtomicInteger();

		private final AtomicInteger refused = new AtomicInteger();

		private volatile @org.jspecify.annotations.Nullable ScheduledFuture<?> future;

		Running(Acts acts, ScriptLine line) {
			this.acts = acts;
			this.line = line;
		}

		@Override
		public void run() {
			try {
				this.acts.perform(this.line.words());
				this.times.incrementAndGet();
			}
			catch (ActRefused ex) {
				this.refused.incrementAndGet();
				log.debug("could not happen: {}: {}", this.line.text(), ex.getMessage());
			}
			catch (RuntimeException ex) {
				this.refused.incrementAndGet();
				log.warn("'{}' failed; it is tried again at its next time", this.line.text(), ex);
			}
		}

		Schedule describe(String id) {
			return new Schedule(id, this.line.text(), this.times.get(), this.refused.get());
		}

		void cancel() {
			ScheduledFuture<?> running = this.future;
			if (running != null) {
				running.cancel(false);
			}
		}

	}

}
