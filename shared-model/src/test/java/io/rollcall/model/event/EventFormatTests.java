package io.rollcall.model.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.change.Change.AccountChanged;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Cell.ManagerRead;
import io.rollcall.model.directory.Cell.ObjectRead;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.hint.Hint.ConnectionTouched;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent.ConnectionFailing;
import io.rollcall.model.run.RunEvent.RunProgressed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventFormatTests {

	private static final String TOUCHED = """
			{"source":"global/t/a","connection":"c","at":"2026-11-23T02:14:07Z"}""";

	private static final String ADELE = """
			{"cell":"object","index":1,"object":"adele","kind":"USER","attributes":{"mail":null,"phones":[1,null]},\
			"edges":{"groups":["g"],"units":[]}}""";

	private static final String EDGE = """
			{"cell":"edge","index":2,"object":"alex","kind":"USER","in":"GROUP","container":"g","present":true}""";

	private static final String CELLS = """
			{"organization":"contoso","connection":"c","source":"global/t/a","sequence":5,"partition":3,\
			"run":{"id":"r","mode":"FULL","phase":"READ","number":1,"startedAt":{"sequence":4,"index":0}},\
			"selection":["mail","phones","surname"],"cells":[%s,%s]}""".formatted(ADELE, EDGE);

	static Stream<Envelope<?>> examples() {
		return Examples.all().stream();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void readsWhatItWrote(Envelope<?> envelope) {
		Map<String, byte[]> headers = EventFormat.headers(envelope);
		assertThat(EventFormat.read(Event.class, headers::get, EventFormat.value(envelope.event())))
			.isEqualTo(new Reading.Known<>(envelope));
	}

	@Test
	void hasAnExampleOfEveryType() {
		assertThat(examples().<Class<?>>map((envelope) -> envelope.event().getClass()).toList())
			.containsExactlyInAnyOrderElementsOf(EventTypes.all());
	}

	@Test
	void keepsAClearedAttributeApartFromAnAbsentOne() {
		CellsObserved observed = cells(CELLS);
		assertThat(((ObjectRead) observed.cells().getFirst()).attributes().values()).containsEntry("mail", null)
			.doesNotContainKey("surname");
		assertThat(text(EventFormat.value(observed))).isEqualTo(CELLS);
	}

	@Test
	void readsRandomAttributesAsTheyWereWritten() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 500; i++) {
			Map<String, Object> values = new LinkedHashMap<>();
			for (int n = random.nextInt(8); n > 0; n--) {
				values.put(randomText(random), randomValue(random, 3));
			}
			CellsObserved written = with(
					new ObjectRead(0, new ObjectId("o"), ObjectKind.USER, new Attributes(values), null));
			assertThat(cells(text(EventFormat.value(written)))).as("seed %d", seed).isEqualTo(written);
		}
	}

	@Test
	void writesNoNullForAComponentThatIsNotThere() {
		CellsObserved written = with(new ManagerRead(0, new ObjectId("o"), null));
		String text = """
				{"organization":"contoso","connection":"c","source":"global/t/a","sequence":5,"partition":3,\
				"cells":[{"cell":"manager","index":0,"object":"o"}]}""";
		assertThat(text(EventFormat.value(written))).isEqualTo(text);
		assertThat(cells(text)).isEqualTo(written);
	}

	@Test
	void ignoresFieldsThatANewerVersionAdded() {
		String newer = CELLS.replace("\"selection\"", "\"colour\":{\"of\":[\"a\"]},\"selection\"")
			.replace("\"kind\"", "\"colour\":\"red\",\"kind\"");
		assertThat(newer).contains("red");
		assertThat(cells(newer)).isEqualTo(cells(CELLS));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"index":1,                           | ``              | 0 | USER | /index: needs a value of type int
					"index":1                            | "index":1.5     | 1 | USER | /index: needs a value of type int
					"index":1                            | "index":"x"     | 0 | USER | /index: needs a value of type int
					"kind":"USER",                       | ``              | 1 | OTHER | /kind: needs a value of type ObjectKind
					"kind":"USER"                        | "kind":"CAT"    | 1 | OTHER | /kind: needs a value of type ObjectKind
					"kind":"USER"                        | "kind":0        | 1 | OTHER | /kind: needs a value of type ObjectKind
					{"mail":null,"phones":[1,null]}      | null            | 1 | USER | /attributes: needs a value of type Attributes
					["g"]                                | [null]          | 1 | USER | /edges/groups/0: needs a value of type ObjectId
					["g"]                                | ["a:b"]         | 1 | USER | object id 'a:b' must not contain a colon
					,"units":[]                          | ``              | 1 | USER | /edges/units: needs a value of type List
					"cell":"object"                      | "cell":"thing"  | 1 | USER | needs a value of type Cell
					"cell":"object"                      | "cell":"Cell$Unreadable" | 1 | USER | needs a value of type Cell
					"cell":"object",                     | ``              | 1 | USER | needs a value of type Cell
					""")
	void takesOneBadCellAloneOutOfItsRecord(String part, String replacement, int index, ObjectKind kind,
			String reason) {
		String broken = ADELE.replace(part, replacement);
		assertThat(broken).isNotEqualTo(ADELE);
		CellsObserved observed = cells(CELLS.replace(ADELE, broken));
		assertThat(observed.cells()).hasSize(2).element(1).isEqualTo(cells(CELLS).cells().get(1));
		assertThat(observed.cells().getFirst()).isInstanceOfSatisfying(Cell.Unreadable.class, (cell) -> {
			assertThat(cell.object()).isEqualTo(new ObjectId("adele"));
			assertThat(cell.index()).isEqualTo(index);
			assertThat(cell.kind()).isEqualTo(kind);
			assertThat(cell.reason()).contains(reason);
		});
		assertThat(observed).usingRecursiveComparison().ignoringFields("cells").isEqualTo(cells(CELLS));
	}

	@Test
	void saysWhereACellIsWrongAndNeverItsValue() {
		CellsObserved observed = (CellsObserved) known(
				read(CellsObserved.class, CELLS.replaceFirst("\"USER\"", "\"Ada \\\\\"Countess\\\\\" Lovelace\"")))
			.event();
		assertThat(observed.cells().getFirst()).isInstanceOfSatisfying(Cell.Unreadable.class,
				(cell) -> assertThat(cell.reason()).contains("/kind").doesNotContain("Ada").doesNotContain("Lovelace"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"object\":null,", "\"object\":\"\",", "\"object\":\"a:b\",", "\"object\":7,",
			"\"object\":{}," })
	void refusesARecordWithACellOfWhichNobodyCanSayWhomItIsAbout(String object) {
		String broken = CELLS.replace("\"object\":\"adele\",", object);
		assertThat(broken).isNotEqualTo(CELLS);
		assertThat(unreadable(read(CellsObserved.class, broken))).contains("CellsObserved.v1 cannot be read at /");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "7", "\"adele\"", "[]", "{}" })
	void refusesARecordWithACellThatIsNone(String cell) {
		assertThat(unreadable(read(CellsObserved.class, CELLS.replace(ADELE, cell))))
			.contains("CellsObserved.v1 cannot be read at /");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"selection":["mail"      | "selection":[null,"mail" | /selection/0: needs a value of type String
			"number":1,              | ``                       | /run/number: needs a value of type int
			"sequence":5             | "sequence":-5            | sequence must be 0 to 2^53 - 1, is -5
			"cells":[                | "cells":7,"x":[          | /cells: needs a value of type List
			"cells":[                | "x":[                    | /cells: needs a value of type List
			""")
	void refusesARecordThatIsBadItself(String part, String replacement, String reason) {
		String broken = CELLS.replace(part, replacement);
		assertThat(broken).isNotEqualTo(CELLS);
		assertThat(unreadable(read(CellsObserved.class, broken))).contains(reason);
	}

	@Test
	void tellsAnUnknownTypeFromAnUnreadableOne() {
		assertThat(EventFormat.read(Event.class, headers("io.rollcall.change.AccountPainted.v1")::get, bytes("{}")))
			.isEqualTo(new Reading.Bad<>(
					Problem.forPerson(Problem.Code.RECORD_UNKNOWN, "type", "io.rollcall.change.AccountPainted.v1")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"connection":"c",     | ``                | /connection: needs a value of type ConnectionId
			,"index":0            | ``                | /startedAt/index: needs a value of type int
			"c"                   | null              | /connection: needs a value of type ConnectionId
			"READ"                | CAT               | /: no JSON at line 1, column 89
			"READ"                | "CAT"             | /phase: needs a value of type RunPhase
			"READ"                | 0                 | /phase: needs a value of type RunPhase
			"sequence":5          | "sequence":-5     | sequence must be 0 to 2^53 - 1, is -5
			"index":0             | "index":-1        | index must not be negative, is -1
			"c"                   | "a:b"             | connection id 'a:b' must not contain a colon
			"c"                   | 7                 | /connection: needs a value of type ConnectionId
			"records":9           | "records":1.7     | /records: needs a value of type int
			"records":9           | "records":"1"     | /records: needs a value of type int
			"records":9           | "records":9999999999 | /records: needs a value of type int
			false                 | "false"           | /abandoned: needs a value of type boolean
			false}                | false             | no JSON at line 1, column
			false}                | false}x           | no JSON at line 1, column
			""")
	void saysWhatIsWrongAndWhere(String part, String replacement, String reason) {
		String marker = """
				{"organization":"contoso","connection":"c","partition":1,"id":"r","mode":"FULL","phase":"READ",\
				"records":9,"startedAt":{"sequence":5,"index":0},"abandoned":false}""";
		assertThat(read(RunMarker.class, marker)).isInstanceOf(Reading.Known.class);
		String broken = marker.replace(part, replacement);
		assertThat(broken).isNotEqualTo(marker);
		assertThat(unreadable(read(RunMarker.class, broken)))
			.startsWith("io.rollcall.observation.RunMarker.v1 cannot be read at /")
			.contains(reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"TEAM_CREATED":["Sales"]} | {"TEAM_CREATED":[null]} | /names/TEAM_CREATED/0: needs a value of type List
			{"TEAM_CREATED":["Sales"]} | {"TEAM_CREATED":null}   | /names/TEAM_CREATED: needs a value of type List
			{"TEAM_CREATED":1}         | {"TEAM_PAINTED":1}      | /applied/counts: needs a value of type Kind
			{"TEAM_CREATED":1}         | {"TEAM_CREATED":null}   | /counts/TEAM_CREATED: needs a value of type Long
			""")
	void neverReadsACountThatIsNone(String part, String replacement, String reason) {
		String progressed = """
				{"organization":"contoso","connection":"c","run":"r","read":{"users":1,"groups":1,"units":0,"removed":0,\
				"memberships":0,"managers":0,"pages":1},"applied":{"counts":{"TEAM_CREATED":1},\
				"names":{"TEAM_CREATED":["Sales"]}},"at":"2026-11-23T02:14:07Z"}""";
		assertThat(read(RunProgressed.class, progressed)).isInstanceOf(Reading.Known.class);
		assertThat(unreadable(read(RunProgressed.class, progressed.replace(part, replacement)))).contains(reason);
	}

	@Test
	void readsACodeOfALaterVersionAndKeepsItsTextAndItsParameters() {
		String failing = """
				{"organization":"contoso","connection":"c","problem":{"code":"LICENCE_MISSING",\
				"parameters":{"licence":"P1"},"needsPerson":true},"retryAt":"2026-11-23T02:14:07Z",\
				"at":"2026-11-23T02:14:07Z"}""";
		assertThat(((ConnectionFailing) known(read(ConnectionFailing.class, failing)).event()).problem())
			.isEqualTo(new Problem(Problem.Code.UNKNOWN, Map.of("licence", "P1", "unknown", "LICENCE_MISSING"), true));
		String changed = """
				{"organization":"contoso","account":"a","version":3,"what":"UPDATED","name":"Ada","status":"ACTIVE",\
				"fields":[],"joined":[],"left":[],"cause":{"connection":"c","reason":{"code":"PROMOTED",\
				"parameters":{"to":"owner"}},"rulesVersion":1},"at":"2026-11-23T02:14:07Z"}""";
		assertThat(((AccountChanged) known(read(AccountChanged.class, changed)).event()).cause().reason())
			.isEqualTo(new Reason(Reason.Code.UNKNOWN, Map.of("to", "owner", "unknown", "PROMOTED")));
		for (String broken : List.of("\"code\":null,", "")) {
			assertThat(unreadable(read(AccountChanged.class, changed.replace("\"code\":\"PROMOTED\",", broken))))
				.contains("/cause/reason/code: needs a value of type String");
		}
	}

	@Test
	void saysThatAValueIsMissing() {
		assertThat(unreadable(EventFormat.read(Event.class, headers(CellsObserved.class)::get, null)))
			.endsWith("has no value");
		for (Class<? extends Event> type : List.of(CellsObserved.class, ConnectionTouched.class)) {
			assertThat(unreadable(read(type, "null"))).endsWith("has the value null");
			assertThat(unreadable(read(type, ""))).contains("/: needs a value of type " + type.getSimpleName());
			assertThat(unreadable(read(type, "[]"))).contains("/: needs a value of type " + type.getSimpleName());
		}
	}

	@Test
	void survivesBytesThatAreNoTextAndDepthThatHasNoEnd() {
		byte[] noText = { '{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}' };
		assertThat(EventFormat.read(Event.class, headers(CellsObserved.class)::get, noText))
			.isInstanceOf(Reading.Bad.class);
		String deep = CELLS.replace("[1,null]", "[".repeat(100_000) + "]".repeat(100_000));
		assertThat(unreadable(read(CellsObserved.class, deep))).contains("nesting depth");
	}

	@ParameterizedTest
	@CsvSource({ "ce_type,not a CloudEvent", "ce_id,not a CloudEvent", "ce_source,not a CloudEvent",
			"ce_specversion,ce_specversion is null" })
	void isNoEventWithoutItsHeaders(String header, String reason) {
		Map<String, byte[]> headers = headers(ConnectionTouched.class);
		headers.remove(header);
		assertThat(unreadable(EventFormat.read(Event.class, headers::get, bytes(TOUCHED)))).contains(reason);
	}

	@Test
	void refusesAnotherVersionOfCloudEvents() {
		assertThat(unreadable(touched("ce_specversion", "0.3")))
			.isEqualTo("header ce_specversion is 0.3 and must be 1.0");
	}

	@Test
	void refusesATimeThatIsNone() {
		assertThat(unreadable(touched("ce_time", "yesterday"))).contains("ce_time", "yesterday");
	}

	@Test
	void readsAnEventWithoutTimeAsTheOldest() {
		assertThat(known(read(ConnectionTouched.class, TOUCHED)).time()).isEqualTo(Instant.EPOCH);
	}

	@Test
	void saysWhichRunsDigestTellsOfIt() {
		assertThat(known(touched("ce_run", "r-1")).run()).isEqualTo(new RunId("r-1"));
		assertThat(known(read(ConnectionTouched.class, TOUCHED)).run()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a run", "a:b" })
	void refusesARunThatIsNone(String run) {
		assertThat(unreadable(touched("ce_run", run))).contains("ce_run", "run id");
	}

	private static Reading<?> touched(String header, String value) {
		Map<String, byte[]> headers = headers(ConnectionTouched.class);
		headers.put(header, bytes(value));
		return EventFormat.read(Event.class, headers::get, bytes(TOUCHED));
	}

	private static CellsObserved with(Cell cell) {
		return new CellsObserved(new OrganizationId("contoso"), new ConnectionId("c"), new SourceId("global/t/a"),
				new Sequence(5), 3, null, null, List.of(cell));
	}

	private static CellsObserved cells(String value) {
		return (CellsObserved) known(read(CellsObserved.class, value)).event();
	}

	private static Reading<?> read(Class<? extends Event> type, String value) {
		return EventFormat.read(Event.class, headers(type)::get, bytes(value));
	}

	private static Envelope<?> known(Reading<?> reading) {
		assertThat(reading).isInstanceOf(Reading.Known.class);
		return ((Reading.Known<?>) reading).envelope();
	}

	private static String unreadable(Reading<?> reading) {
		assertThat(reading).isInstanceOf(Reading.Bad.class);
		return String.valueOf(((Reading.Bad<?>) reading).problem().parameters().get("detail"));
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
