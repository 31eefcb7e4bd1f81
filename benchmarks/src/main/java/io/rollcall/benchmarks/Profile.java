package io.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the services spent their CPU time, from their recordings: samples by the first
 * frame that is ours, and by the topmost frame's package.
 */
final class Profile {

	private static final int ROWS = 12;

	private final Path folder;

	Profile(Path folder) {
		this.folder = folder;
	}

	void report(Report report) {
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.filter((name) -> name.toString().endsWith(".jfr")).sorted().toList()) {
				report(report, file);
			}
		}
		catch (IOException ex) {
			report.note("The recordings cannot be read: " + ex);
		}
	}

	private static void report(Report report, Path file) throws IOException {
		Map<String, Integer> ours = new HashMap<>();
		Map<String, Integer> top = new HashMap<>();
		Map<String, Integer> threads = new HashMap<>();
		int samples = 0;
		try (RecordingFile recording = new RecordingFile(file)) {
			while (recording.hasMoreEvents()) {
				RecordedEvent event = recording.readEvent();
				if (event.getEventType().getName().equals("jdk.CPUTimeSample") && event.getStackTrace() != null) {
					samples++;
					List<RecordedFrame> frames = event.getStackTrace().getFrames();
					ours.merge(firstOfOurs(frames), 1, Integer::sum);
					top.merge(method(frames.getFirst()), 1, Integer::sum);
					threads.merge(threadOf(event), 1, Integer::sum);
				}
			}
		}
		String name = file.getFileName().toString().replace(".jfr", "");
		table(report, name + ": CPU time by the nearest frame of ours", ours, samples);
		table(report, name + ": CPU time by the topmost frame", top, samples);
		table(report, name + ": CPU time by thread", threads, samples);
	}

	private static void table(Report report, String title, Map<String, Integer> counts, int samples) {
		List<List<String>> rows = new ArrayList<>();
		counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
			.limit(ROWS)
			.forEach((entry) -> rows
				.add(List.of("`" + entry.getKey() + "`", "%.1f %%".formatted(entry.getValue() * 100.0 / samples))));
		report.table(title, List.of("where", "share"), rows);
	}

	private static String firstOfOurs(List<RecordedFrame> frames) {
		for (RecordedFrame frame : frames) {
			String type = frame.getMethod().getType().getName();
			if (type.startsWith("io.rollcall.") && !type.startsWith("io.rollcall.benchmarks")) {
				return method(frame);
			}
		}
		return "(none: " + area(frames.getLast()) + ")";
	}

	private static String area(RecordedFrame frame) {
		String[] parts = frame.getMethod().getType().getName().split("\\.");
		return String.join(".", List.of(parts).subList(0, Math.min(4, parts.length)));
	}

	private static String method(RecordedFrame frame) {
		String type = frame.getMethod().getType().getName();
		return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName();
	}

	private static String threadOf(RecordedEvent event) {
		var thread = event.getThread("eventThread");
		String name = (thread != null && thread.getJavaName() != null) ? thread.getJavaName() : "virtual or native";
		return name.replaceAll("\\d+", "#");
	}

}
