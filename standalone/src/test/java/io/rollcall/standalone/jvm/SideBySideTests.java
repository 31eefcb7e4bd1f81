package io.rollcall.standalone.jvm;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Pieces that start and stop at the same time. */
class SideBySideTests {

	private final Set<String> running = ConcurrentHashMap.newKeySet();

	@Test
	void startsAndStopsPiecesThatWaitForEachOther() throws Exception {
		CyclicBarrier together = new CyclicBarrier(2);
		SideBySide pieces = new SideBySide();
		Future<AutoCloseable> first = pieces.start(() -> piece("first", together));
		pieces.start(() -> piece("second", together));
		pieces.awaitAll();
		assertThat(first.get()).isNotNull();
		pieces.started(() -> this.running.remove("third"));
		this.running.add("third");
		assertThat(this.running).containsExactlyInAnyOrder("first", "second", "third");
		pieces.close();
		assertThat(this.running).isEmpty();
	}

	@Test
	void leavesNothingRunningWhereOneDoesNotStartAndSaysWhichWasTheFirst() {
		SideBySide pieces = new SideBySide();
		pieces.start(() -> {
			this.running.add("good");
			return () -> this.running.remove("good");
		});
		pieces.start(() -> {
			throw new IOException("no disk");
		});
		pieces.start(() -> {
			throw new IllegalStateException("no port");
		});
		assertThatThrownBy(pieces::awaitAll).hasMessageContaining("no disk").hasCauseInstanceOf(IOException.class);
		assertThat(this.running).isEmpty();
	}

	@Test
	void stopsTheOthersWhereOneDoesNotStop() {
		SideBySide pieces = new SideBySide();
		pieces.started(() -> {
			throw new IllegalStateException("hangs on");
		});
		this.running.add("other");
		pieces.started(() -> this.running.remove("other"));
		assertThatThrownBy(pieces::close).hasMessage("hangs on");
		assertThat(this.running).isEmpty();
	}

	private AutoCloseable piece(String name, CyclicBarrier together) throws Exception {
		together.await(30, TimeUnit.SECONDS);
		this.running.add(name);
		return () -> {
			together.await(30, TimeUnit.SECONDS);
			this.running.remove(name);
		};
	}

}
