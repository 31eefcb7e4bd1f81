package io.rollcall.test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Shows what was logged where a test fails: logs of tests go to a file, and nobody has to
 * read those of tests that pass.
 */
public final class LogOfFailure implements TestExecutionListener {

	/** Where {@code logback-test.xml} writes. */
	private static final Path LOG = Path.of("target", "test.log");

	private static final int LINES = 60;

	private volatile long begin;

	/** Each module's run begins an empty file; its contexts set up logging many times. */
	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		try {
			Files.deleteIfExists(LOG);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The log of tests " + LOG + " cannot be begun", ex);
		}
	}

	@Override
	public void executionStarted(TestIdentifier test) {
		this.begin = length();
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == TestExecutionResult.Status.FAILED) {
			List<String> lines = said();
			System.out.printf("%n%s failed; the end of %s, %,d lines since it began:%n", test.getDisplayName(),
					LOG.toAbsolutePath(), lines.size());
			lines.subList(Math.max(0, lines.size() - LINES), lines.size()).forEach(System.out::println);
		}
	}

	private List<String> said() {
		try (RandomAccessFile log = new RandomAccessFile(LOG.toFile(), "r")) {
			log.seek(Math.min(this.begin, log.length()));
			byte[] bytes = new byte[(int) Math.min(Integer.MAX_VALUE / 2, log.length() - log.getFilePointer())];
			log.readFully(bytes);
			return new String(bytes, StandardCharsets.UTF_8).lines().toList();
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	private static long length() {
		try {
			return Files.exists(LOG) ? Files.size(LOG) : 0;
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
