package io.rollcall.benchmarks.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * When each rename was on which topic, by the times of their records: where between the
 * directory and the inbox it waited.
 */
final class Trail {

	private static final Map<String, String> TOPICS = new LinkedHashMap<>();

	static {
		TOPICS.put(Topics.HINTS, "hinted at");
		TOPICS.put(Topics.OBSERVATIONS, "read from Graph");
		TOPICS.put(Topics.CHANGES, "applied");
		TOPICS.put(Topics.ALERTS, "told");
	}

	private static final Pattern HINTED_OBJECT = Pattern.compile("\"object\":\"([^\"]+)\"");

	private final Watch watch;

	private final Pattern name;

	private final Map<String, Map<TopicPartition, Long>> begins = new HashMap<>();

	/**
	 * Follows from now on.
	 * @param name finds a rename's number in the value of a record about it
	 */
	Trail(Watch watch, Pattern name) {
		this.watch = watch;
		this.name = name;
		TOPICS.keySet().forEach((topic) -> this.begins.put(topic, watch.ends(topic)));
	}

	/**
	 * Reports how long each step took; a hint knows nothing but the person, so the first
	 * rename of each counts there.
	 */
	void report(Report report, String when, Renames renames) {
		Map<String, Integer> people = new HashMap<>();
		for (int n = 0; n < renames.sent(); n++) {
			people.putIfAbsent(renames.person(n), n);
		}
		Map<Integer, Long> before = renames.sentMillis();
		List<List<String>> rows = new ArrayList<>();
		for (Map.Entry<String, String> step : TOPICS.entrySet()) {
			Map<Integer, Long> here = times(step.getKey(),
					step.getKey().equals(Topics.HINTS) ? (record) -> people.get(hinted(record)) : this::named);
			rows.add(row(step.getValue(), before, here));
			before = here;
		}
		report.table(
				"Where a rename waited %s: from each step to the next, by the times of the records".formatted(when),
				List.of("until it was", "renames", "p50 ms", "p90 ms", "p99 ms"), rows);
	}

	private static List<String> row(String step, Map<Integer, Long> before, Map<Integer, Long> here) {
		List<Long> nanos = new ArrayList<>();
		here.forEach((number, at) -> {
			Long from = before.get(number);
			if (from != null) {
				nanos.add((at - from) * 1_000_000);
			}
		});
		Percentiles took = Percentiles.ofNanos(nanos);
		return List.of(step, "%,d".formatted(nanos.size()), Report.number(took.at(0.5)), Report.number(took.at(0.9)),
				Report.number(took.at(0.99)));
	}

	private Map<Integer, Long> times(String topic, Function<ConsumerRecord<byte[], byte[]>, @Nullable Integer> number) {
		Map<Integer, Long> times = new HashMap<>();
		this.watch.read(topic, this.begins.getOrDefault(topic, Map.of()), (record) -> {
			Integer found = number.apply(record);
			if (found != null) {
				times.merge(found, record.timestamp(), Math::min);
			}
		});
		return times;
	}

	private @Nullable Integer named(ConsumerRecord<byte[], byte[]> record) {
		Matcher matcher = this.name.matcher(new String(record.value(), StandardCharsets.UTF_8));
		return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
	}

	private static String hinted(ConsumerRecord<byte[], byte[]> record) {
		Matcher matcher = HINTED_OBJECT.matcher(new String(record.value(), StandardCharsets.UTF_8));
		return matcher.find() ? matcher.group(1) : "";
	}

}
