package io.rollcall.support.kafka;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;

/** Keeps dead letters in memory, and fails on demand. */
final class KeptLetters implements DeadLetters {

	final List<DeadLetter> letters = new CopyOnWriteArrayList<>();

	final AtomicInteger failuresToCome = new AtomicInteger();

	@Override
	public void save(DeadLetter letter) {
		if (this.failuresToCome.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new IllegalStateException("no letter can be kept");
		}
		this.letters.add(letter);
	}

	@Override
	public List<DeadLetter> newest(int limit) {
		return this.letters;
	}

	@Override
	public long count() {
		return this.letters.size();
	}

	@Override
	public Optional<DeadLetter> redrive(String id) {
		return Optional.empty();
	}

	@Override
	public Optional<DeadLetter> discard(String id) {
		return Optional.empty();
	}

}
