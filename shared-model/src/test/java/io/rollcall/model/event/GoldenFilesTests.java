package io.rollcall.model.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.event.EventFormat.Reading;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** One record of every type, exactly as it travels, for people and other languages. */
class GoldenFilesTests {

	private static final SchemaRegistry REGISTRY = SchemaRegistry
		.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	@BeforeAll
	static void rewrite() {
		if (Rewritable.isRewriting()) {
			examples().forEach((envelope) -> Rewritable.GOLDEN.write(type(envelope), record(envelope)));
		}
	}

	static Stream<Envelope<?>> examples() {
		return Examples.all().stream();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void showsTheRecordThatIsWritten(Envelope<?> envelope) {
		Rewritable.GOLDEN.check(type(envelope), record(envelope));
	}

	@ParameterizedTest
	@MethodSource("examples")
	void isReadBackToTheSameEvent(Envelope<?> envelope) {
		JsonNode golden = Rewritable.GOLDEN.read(type(envelope));
		Reading<?> reading = EventFormat.read(Event.class, (name) -> bytes(golden.at("/headers/" + name)),
				bytes(golden.get("value").toPrettyString()));
		assertThat(reading).isEqualTo(new Reading.Known<>(envelope));
		assertThat(golden.get("key").asString()).isEqualTo(envelope.event().key());
	}

	@ParameterizedTest
	@MethodSource("examples")
	void isValidAgainstItsSchema(Envelope<?> envelope) {
		assertThat(errors(envelope, Rewritable.GOLDEN.read(type(envelope)).get("value"))).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("examples")
	void breaksItsSchemaWithoutAnyOneOfTheRequiredFields(Envelope<?> envelope) {
		for (JsonNode required : Schemas.of(envelope.event().getClass()).get("required")) {
			ObjectNode value = (ObjectNode) Rewritable.GOLDEN.read(type(envelope)).get("value").deepCopy();
			value.remove(required.asString());
			assertThat(errors(envelope, value)).as(required.asString()).isNotEmpty();
			Map<String, byte[]> headers = EventFormat.headers(envelope);
			assertThat(EventFormat.read(Event.class, headers::get, value.toString().getBytes(StandardCharsets.UTF_8)))
				.as(required.asString())
				.isInstanceOf(Reading.Bad.class);
		}
	}

	@Test
	void breaksTheSchemaOfACellWithoutAnyOneOfItsRequiredFields() {
		Envelope<?> envelope = examples().filter((example) -> example.event() instanceof CellsObserved)
			.findFirst()
			.orElseThrow();
		JsonNode variants = Schemas.of(CellsObserved.class).at("/properties/cells/items/oneOf");
		assertThat(variants).hasSameSizeAs(((CellsObserved) envelope.event()).cells());
		for (int i = 0; i < variants.size(); i++) {
			assertThat(variants.get(i).get("required")).isNotEmpty();
			for (JsonNode required : variants.get(i).get("required")) {
				ObjectNode value = (ObjectNode) Rewritable.GOLDEN.read(type(envelope)).get("value").deepCopy();
				((ObjectNode) value.get("cells").get(i)).remove(required.asString());
				assertThat(errors(envelope, value)).as("%s of cell %d", required, i).isNotEmpty();
			}
		}
	}

	@Test
	void hasNoFileWithoutAnEventType() {
		assertThat(Rewritable.GOLDEN.names())
			.containsExactlyInAnyOrderElementsOf(EventTypes.all().stream().map(EventTypes::nameOf).toList());
	}

	private static List<Error> errors(Envelope<?> envelope, JsonNode value) {
		return REGISTRY.getSchema(Schemas.of(envelope.event().getClass())).validate(value);
	}

	private static ObjectNode record(Envelope<?> envelope) {
		ObjectNode record = JsonMapper.shared().createObjectNode();
		record.put("key", envelope.event().key());
		ObjectNode headers = record.putObject("headers");
		EventFormat.headers(envelope)
			.forEach((name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));
		record.set("value", JsonMapper.shared().readTree(EventFormat.value(envelope.event())));
		return record;
	}

	private static String type(Envelope<?> envelope) {
		return EventTypes.nameOf(envelope.event().getClass());
	}

	private static byte[] bytes(JsonNode text) {
		return text.isMissingNode() ? null : bytes(text.asString());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
