package io.rollcall.support.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

class TopicTableTests {

	@Test
	void keepsWhatThePublishedDescriptionPromises() throws IOException {
		Map<String, Map<String, String>> table = new TreeMap<>();
		TopicTable.topics((short) 1).forEach((topic) -> table.put(topic.name(), new TreeMap<>(topic.configs())));
		assertThat(table).isEqualTo(described());
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, String>> described() throws IOException {
		Map<String, Map<String, String>> described = new TreeMap<>();
		try (Reader reader = Files.newBufferedReader(Path.of("../docs/events/asyncapi.yaml"))) {
			Map<String, Object> document = new Yaml().load(reader);
			for (Object channel : ((Map<String, Object>) document.get("channels")).values()) {
				Map<String, Object> kafka = at(at(channel, "bindings"), "kafka");
				Map<String, String> settings = new TreeMap<>();
				at(kafka, "topicConfiguration")
					.forEach((name, value) -> settings.put(name, String.valueOf(value).replaceAll("[\\[\\] ]", "")));
				described.put((String) ((Map<String, Object>) channel).get("address"), settings);
			}
		}
		return described;
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> at(Object map, String name) {
		return (Map<String, Object>) ((Map<String, Object>) map).get(name);
	}

}
