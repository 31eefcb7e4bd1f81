package io.rollcall.model.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Observation.ManagerObserved;
import io.rollcall.model.directory.Observation.ObjectObserved;
import io.rollcall.model.event.EventFormat.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventFormatTest {

	private static final String OBSERVED = """
			{"organization":"contoso","connection":"c","object":"o","kind":"USER","run":"r",\
			"stamp":{"sequence":5,"index":1},"selection":1,"attributes":{"mail":null,"phones":[1,null]}}""";

	private static final String MARKER = """
			{"organization":"contoso","connection":"c","run":"r","mode":"FULL","trigger":"HINT","phase":"READ",\
			"partition":1,"partitions":[1,2],"startedAt":{"sequence":5,"index":0},"counts":{"users":1,"groups":1,\
			"units":0,"removed":0,"memberships":0,"managers":0,"pages":1}}""";

	static Stream<Envelope<?>> examples() {
		return Examples.all().stream();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void readsWhatItWrote(Envelope<?> envelope) {
		Map<String, byte[]> headers = EventFormat.headers(envelope);
		assertThat(EventFormat.read(headers::get, EventFormat.value(envelope.event())))
			.isEqualTo(new Reading.Known(envelope));
	}

	@Test
	void hasAnExampleOfEveryType() {
		assertThat(examples().<Class<?>>map((envelope) -> envelope.event().getClass()).toList())
			.containsExactlyInAnyOrderElementsOf(EventTypes.all());
	}

	@Test
	void keepsAClearedAttributeApartFromAnAbsentOne() {
		ObjectObserved observed = (ObjectObserved) known(read(ObjectObserved.class, OBSERVED)).event();
		assertThat(observed.attributes().values()).containsEntry("mail", null).doesNotContainKey("surname");
		assertThat(text(EventFormat.value(observed))).isEqualTo(OBSERVED);
	}

	@Test
	void readsRandomAttributesAsTheyWereWritten() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		ObjectObserved observed = (ObjectObserved) known(read(ObjectObserved.class, OBSERVED)).event();
		for (int i = 0; i < 500; i++) {
			Map<String, Object> values = new LinkedHashMap<>();
			for (int n = random.nextInt(8); n > 0; n--) {
				values.put(randomText(random), randomValue(random, 3));
			}
			ObjectObserved written = new ObjectObserved(observed.organization(), observed.connection(),
					observed.object(), observed.kind(), observed.run(), observed.stamp(), 1, new Attributes(values));
			assertThat(known(read(ObjectObserved.class, text(EventFormat.value(written)))).event()).as("seed %d", seed)
				.isEqualTo(written);
		}
	}

	@Test
	void writesNoNullForAComponentThatIsNotThere() {
		String withoutManager = """
				{"organization":"contoso","connection":"c","object":"o","run":"r","stamp":{"sequence":5,"index":1}}""";
		ManagerObserved observed = (ManagerObserved) known(read(ManagerObserved.class, withoutManager)).event();
		assertThat(observed.manager()).isNull();
		assertThat(text(EventFormat.value(observed))).isEqualTo(withoutManager);
	}

	@Test
	void ignoresFieldsThatANewerVersionAdded() {
		String newer = OBSERVED.replace("\"selection\"", "\"colour\":{\"of\":[\"a\"]},\"selection\"");
		assertThat(read(ObjectObserved.class, newer)).isEqualTo(read(ObjectObserved.class, OBSERVED));
	}

	@Test
	void tellsAnUnknownTypeFromAnUnreadableOne() {
		assertThat(EventFormat.read(headers("io.rollcall.change.AccountPainted.v1")::get, bytes("{}")))
			.isEqualTo(new Reading.Unknown("io.rollcall.change.AccountPainted.v1"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"run":"r",            | ``               | /run: Missing required creator property 'run'
			"selection":1,        | ``               | /selection: Missing required creator property 'selection'
			,"index":1            | ``               | /stamp/index: Missing required creator property 'index'
			"r"                   | null             | /run: Invalid `null` value encountered for property "run"
			{"mail":null,"phones":[1,null]} | null   | /attributes: Invalid `null` value
			USER                  | CAT              | /kind: Cannot deserialize value
			"USER"                | 0                | /kind: Cannot deserialize value
			"sequence":5          | "sequence":-5    | sequence must be 0 to 2^53 - 1, is -5
			"index":1             | "index":-1       | index must not be negative, is -1
			"object":"o"          | "object":"a:b"   | object id 'a:b' must not contain a colon
			"object":"o"          | "object":7       | /object: Cannot deserialize value
			"selection":1         | "selection":1.7  | /selection: Cannot coerce Floating-point value (1.7)
			"selection":1         | "selection":"1"  | /selection: Cannot coerce String value
			"selection":1         | "selection":9999999999 | out of range of `int`
			}}                    | }                | Unexpected end-of-input
			}}                    | }}x              | Unrecognized token 'x'
			""")
	void saysWhatIsWrongAndWhere(String part, String replacement, String reason) {
		String broken = OBSERVED.replace(part, replacement);
		assertThat(broken).isNotEqualTo(OBSERVED);
		assertThat(unreadable(read(ObjectObserved.class, broken)))
			.startsWith("io.rollcall.observation.ObjectObserved.v1 cannot be read at /")
			.contains(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"partitions":[1,2], | ``                   | Missing required creator property 'partitions'
			[1,2]               | null                 | /partitions: Invalid `null` value
			[1,2]               | [1,null]             | /partitions/1: Invalid `null` value
			[1,2]               | 1                    | /partitions: Cannot deserialize value
			""")
	void neverReadsAMarkerWithoutItsPartitions(String part, String replacement, String reason) {
		String type = "io.rollcall.observation.RunMarker.v1";
		assertThat(EventFormat.read(headers(type)::get, bytes(MARKER))).isInstanceOf(Reading.Known.class);
		assertThat(unreadable(EventFormat.read(headers(type)::get, bytes(MARKER.replace(part, replacement)))))
			.contains(reason);
	}

	@Test
	void saysThatAValueIsMissing() {
		assertThat(unreadable(EventFormat.read(headers(ObjectObserved.class)::get, null))).endsWith("has no value");
		assertThat(unreadable(read(ObjectObserved.class, "null"))).endsWith("has the value null");
		assertThat(unreadable(read(ObjectObserved.class, ""))).contains("No content");
		assertThat(unreadable(read(ObjectObserved.class, "[]"))).contains("from Array value");
	}

	@Test
	void survivesBytesThatAreNoTextAndDepthThatHasNoEnd() {
		byte[] noText = { '{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}' };
		assertThat(EventFormat.read(headers(ObjectObserved.class)::get, noText)).isInstanceOf(Reading.Unreadable.class);
		String deep = OBSERVED.replace("[1,null]", "[".repeat(100_000) + "]".repeat(100_000));
		assertThat(unreadable(read(ObjectObserved.class, deep))).contains("nesting depth");
	}

	@ParameterizedTest
	@CsvSource({ "ce_type,not a CloudEvent", "ce_id,not a CloudEvent", "ce_source,not a CloudEvent",
			"ce_specversion,ce_specversion is null" })
	void isNoEventWithoutItsHeaders(String header, String reason) {
		Map<String, byte[]> headers = headers(ObjectObserved.class);
		headers.remove(header);
		assertThat(unreadable(EventFormat.read(headers::get, bytes(OBSERVED)))).contains(reason);
	}

	@Test
	void refusesAnotherVersionOfCloudEvents() {
		Map<String, byte[]> headers = headers(ObjectObserved.class);
		headers.put("ce_specversion", bytes("0.3"));
		assertThat(unreadable(EventFormat.read(headers::get, bytes(OBSERVED))))
			.isEqualTo("header ce_specversion is 0.3 and must be 1.0");
	}

	@Test
	void refusesATimeThatIsNone() {
		Map<String, byte[]> headers = headers(ObjectObserved.class);
		headers.put("ce_time", bytes("yesterday"));
		assertThat(unreadable(EventFormat.read(headers::get, bytes(OBSERVED)))).contains("ce_time", "yesterday");
	}

	@Test
	void readsAnEventWithoutTimeAsTheOldest() {
		assertThat(known(read(ObjectObserved.class, OBSERVED)).time()).isEqualTo(Instant.EPOCH);
	}

	private static Reading read(Class<? extends Event> type, String value) {
		return EventFormat.read(headers(type)::get, bytes(value));
	}

	private static Envelope<?> known(Reading reading) {
		assertThat(reading).isInstanceOf(Reading.Known.class);
		return ((Reading.Known) reading).envelope();
	}

	private static String unreadable(Reading reading) {
		assertThat(reading).isInstanceOf(Reading.Unreadable.class);
		return ((Reading.Unreadable) reading).reason();
	}

	private static Map<String, byte[]> headers(Class<? extends Event> type) {
		return headers(EventTypes.nameOf(type));
	}

	private static Map<String, byte[]> headers(String type) {
		return new HashMap<>(Map.of("ce_specversion", bytes("1.0"), "ce_id", bytes("1"), "ce_source",
				bytes("/rollcall/connector"), "ce_type", bytes(type)));
	}

	private static Object randomValue(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 8 : 6)) {
			case 0 -> null;
			case 1 -> random.nextBoolean();
			case 2 -> random.nextInt();
			case 3 -> Integer.MAX_VALUE + random.nextLong(1L << 40) + 1;
			case 4 -> random.nextDouble();
			case 5 -> randomText(random);
			case 6 -> Stream.generate(() -> randomValue(random, depth - 1)).limit(random.nextInt(4)).toList();
			default -> {
				Map<String, Object> values = new LinkedHashMap<>();
				values.put(randomText(random), randomValue(random, depth - 1));
				yield values;
			}
		};
	}

	private static String randomText(Random random) {
		List<String> alphabet = List.of("a", "\"", "\\", "\n", "ß", "漢", "😀", "\u0000", " ", "7");
		return random.ints(random.nextInt(12), 0, alphabet.size()).mapToObj(alphabet::get).reduce("", String::concat);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
