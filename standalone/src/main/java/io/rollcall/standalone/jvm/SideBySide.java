package io.rollcall.standalone.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts pieces that do not need each other at the same time, and stops them so. */
public final class SideBySide implements AutoCloseable {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Future<?>> starting = new ArrayList<>();

	private final ConcurrentLinkedDeque<AutoCloseable> running = new ConcurrentLinkedDeque<>();

	/** Begins to start a piece; {@link #awaitAll} says when it is there. */
	public <T extends AutoCloseable> Future<T> start(Callable<T> piece) {
		Future<T> started = this.threads.submit(() -> started(piece.call()));
		this.starting.add(started);
		return started;
	}

	/** Takes a piece that runs. */
	public <T extends AutoCloseable> T started(T piece) {
		this.running.add(piece);
		return piece;
	}

	/**
	 * Returns when all are there.
	 * @throws RuntimeException what kept the first from starting; then none runs
	 */
	public void awaitAll() {
		try {
			await(this.starting);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	@Override
	public void close() {
		List<Future<?>> stopping = new ArrayList<>();
		for (AutoCloseable piece = this.running.poll(); piece != null; piece = this.running.poll()) {
			AutoCloseable each = piece;
			stopping.add(this.threads.submit(() -> {
				each.close();
				return each;
			}));
		}
		try {
			await(stopping);
		}
		finally {
			this.threads.shutdown();
		}
	}

	/** Waits for all of them, also after one has failed; the first failure counts. */
	private static void await(List<Future<?>> pieces) {
		List<RuntimeException> failures = new ArrayList<>();
		for (Future<?> piece : pieces) {
			try {
				piece.get();
			}
			catch (ExecutionException ex) {
				failures.add((ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(
						"Something did not start or stop: " + ex.getCause(), ex.getCause()));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				failures.add(new IllegalStateException("Interrupted", ex));
			}
		}
		if (!failures.isEmpty()) {
			throw failures.getFirst();
		}
	}

}
