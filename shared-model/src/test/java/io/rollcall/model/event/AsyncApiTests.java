package io.rollcall.model.event;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The published description of topics and events says what the code says, no less and no
 * more.
 */
class AsyncApiTests {

	private static final Path FILE = Path.of("../docs/events/asyncapi.yaml");

	private final JsonNode document = new YAMLMapper().readTree(FILE.toFile());

	@Test
	void describesEveryTopicAndNoOther() throws IllegalAccessException {
		Set<String> topics = new TreeSet<>();
		for (Field constant : Topics.class.getFields()) {
			if (constant.getType() == String.class) {
				topics.add((String) constant.get(null));
			}
		}
		assertThat(channels().map((channel) -> channel.get("address").asString()))
			.containsExactlyInAnyOrderElementsOf(topics);
	}

	@Test
	void givesEveryTopicItsPartitions() {
		assertThat(channels()).allSatisfy(
				(channel) -> assertThat(channel.at("/bindings/kafka/partitions").asInt()).isEqualTo(Topics.PARTITIONS));
	}

	@Test
	void describesEveryEventTypeAndNoOther() {
		assertThat(events().map((event) -> event.get("name").asString()))
			.containsExactlyInAnyOrderElementsOf(EventTypes.all().stream().map(EventTypes::nameOf).toList());
	}

	@Test
	void putsEveryMessageOnATopicOfItsFamily() {
		assertThat(channels().flatMap(AsyncApiTests::messages)
			.filter((name) -> !"Tombstone".equals(name))
			.collect(Collectors.toSet()))
			.containsExactlyInAnyOrderElementsOf(this.document.at("/components/messages")
				.propertyNames()
				.stream()
				.filter((name) -> !"Tombstone".equals(name))
				.toList());
		assertThat(channels()).allSatisfy((channel) -> assertThat(families(channel)).hasSizeLessThanOrEqualTo(1));
	}

	@Test
	void putsAMessageOnTwoTopicsOnlyWhereReadsAreLiveOrInMasses() {
		Map<String, Set<String>> topics = new TreeMap<>();
		channels().forEach((channel) -> messages(channel).filter((name) -> !"Tombstone".equals(name))
			.forEach((name) -> topics.computeIfAbsent(name, (first) -> new TreeSet<>())
				.add(channel.get("address").asString())));
		topics.values().removeIf((of) -> of.size() == 1);
		Set<String> both = Set.of(Topics.OBSERVATIONS, Topics.SNAPSHOTS);
		assertThat(topics).isEqualTo(Map.of("CellsObserved", both, "DecisionsRequested", both, "RunMarker", both));
	}

	@Test
	void showsTheSchemaOfEveryEvent() {
		assertThat(events()).allSatisfy((event) -> {
			Path schema = FILE.resolveSibling(reference(event.get("payload"))).normalize();
			assertThat(schema).hasFileName(event.get("name").asString() + ".json");
			assertThat(Files.exists(schema)).as("%s", schema).isTrue();
		});
	}

	@Test
	void namesEveryHeader() {
		JsonNode headers = this.document.at("/components/schemas/CloudEventHeaders");
		Set<String> ever = new TreeSet<>();
		Set<String> always = new TreeSet<>(headers.get("properties").propertyNames());
		for (Envelope<?> envelope : Examples.all()) {
			ever.addAll(EventFormat.headers(envelope).keySet());
			always.retainAll(EventFormat.headers(envelope).keySet());
		}
		assertThat(headers.get("properties").propertyNames()).containsExactlyInAnyOrderElementsOf(ever);
		assertThat(headers.get("required").valueStream().map(JsonNode::asString))
			.containsExactlyInAnyOrderElementsOf(always);
		assertThat(events()).allSatisfy((event) -> assertThat(reference(event.at("/traits/0")))
			.isEqualTo("#/components/messageTraits/CloudEvent"));
	}

	@Test
	void saysWhoReadsAndWritesEveryTopic() {
		Set<String> both = this.document.get("operations")
			.valueStream()
			.map((operation) -> operation.get("action").asString() + " " + reference(operation.get("channel")))
			.collect(Collectors.toSet());
		assertThat(this.document.get("channels").propertyNames()).allSatisfy((name) -> {
			assertThat(both).contains("send #/channels/" + name, "receive #/channels/" + name);
		});
	}

	private Stream<JsonNode> channels() {
		return this.document.get("channels").valueStream();
	}

	private Stream<JsonNode> events() {
		return this.document.at("/components/messages")
			.propertyStream()
			.filter((message) -> !"Tombstone".equals(message.getKey()))
			.map((message) -> message.getValue());
	}

	private Set<String> families(JsonNode channel) {
		return channel.get("messages")
			.valueStream()
			.map((message) -> this.document.at(reference(message).substring(1)).get("name").asString())
			.filter((name) -> name.startsWith("io.rollcall."))
			.map((name) -> Arrays.asList(name.split("\\.")).get(2))
			.collect(Collectors.toSet());
	}

	private static Stream<String> messages(JsonNode channel) {
		return channel.get("messages")
			.valueStream()
			.map(AsyncApiTests::reference)
			.map((reference) -> reference.substring(reference.lastIndexOf('/') + 1));
	}

	private static String reference(JsonNode node) {
		return node.get("$ref").asString();
	}

}
