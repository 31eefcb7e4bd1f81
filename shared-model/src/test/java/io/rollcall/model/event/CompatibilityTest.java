package io.rollcall.model.event;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consumers of a released version must go on reading: a schema may only gain fields that
 * need not be there. A release stores what it promises with
 * {@code ./mvnw -pl shared-model test -Dtest=CompatibilityTest -Drollcall.release=true};
 * before the first release that is also how a change of mind is stored.
 */
class CompatibilityTest {

	private static final String EXAMPLE = "io.rollcall.observation.RunMarker.v1";

	@BeforeAll
	static void release() {
		if (Boolean.getBoolean("rollcall.release")) {
			EventTypes.all().forEach((type) -> Rewritable.RELEASED.write(EventTypes.nameOf(type), Schemas.of(type)));
		}
	}

	static List<String> released() {
		return Rewritable.RELEASED.names();
	}

	@ParameterizedTest
	@MethodSource("released")
	void onlyGainsOptionalFields(String type) {
		Class<? extends Event> record = EventTypes.find(type);
		assertThat(record).as("%s was released and is gone: keep it, or its consumers lose their events", type)
			.isNotNull();
		assertThat(SchemaChanges.forbidden(Rewritable.RELEASED.read(type), Schemas.of(record)))
			.as("%s is no longer what was released. Add a nullable field, or a new type with the next version", type)
			.isEmpty();
	}

	static Stream<Consumer<ObjectNode>> harmful() {
		return Stream.of((schema) -> properties(schema).remove("phase"),
				(schema) -> properties(schema).putObject("phase").put("type", "integer"),
				(schema) -> schema.withArray("required").add("reason"),
				(schema) -> schema.withArray("required").remove(0),
				(schema) -> ((ObjectNode) properties(schema).get("mode")).withArray("enum").remove(0),
				(schema) -> ((ObjectNode) properties(schema).get("mode")).withArray("enum").add("PARTIAL"),
				(schema) -> ((ObjectNode) properties(schema).get("partition")).put("maximum", 11),
				(schema) -> ((ObjectNode) properties(schema).get("partitions")).putObject("items")
					.put("type", "string"),
				(schema) -> properties((ObjectNode) properties(schema).get("counts")).remove("pages"));
	}

	@ParameterizedTest
	@MethodSource("harmful")
	void findsAPlantedHarm(Consumer<ObjectNode> harm) {
		ObjectNode planted = (ObjectNode) Rewritable.RELEASED.read(EXAMPLE);
		harm.accept(planted);
		assertThat(SchemaChanges.forbidden(Rewritable.RELEASED.read(EXAMPLE), planted)).isNotEmpty();
	}

	@Test
	void allowsANewFieldThatNeedNotBeThere() {
		JsonNode released = Rewritable.RELEASED.read(EXAMPLE);
		ObjectNode newer = (ObjectNode) released.deepCopy();
		properties(newer).putObject("note").putArray("type").add("string").add("null");
		properties((ObjectNode) properties(newer).get("counts")).putObject("seconds").put("type", "integer");
		assertThat(SchemaChanges.forbidden(released, newer)).isEmpty();
	}

	private static ObjectNode properties(ObjectNode schema) {
		return (ObjectNode) schema.get("properties");
	}

}
