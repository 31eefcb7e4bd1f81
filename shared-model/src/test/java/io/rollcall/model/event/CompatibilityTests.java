package io.rollcall.model.event;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Consumers of a released version must go on reading: a schema may only gain fields that
 * need not be there, and codes where the list of them is open. A release stores what it
 * promises with
 * {@code ./mvnw -pl shared-model test -Dtest=CompatibilityTests -Drollcall.release=true};
 * before the first release that is also how a change of mind is stored.
 */
class CompatibilityTests {

	private static final String EXAMPLE = "io.rollcall.observation.CellsObserved.v1";

	private static final String FAILING = "io.rollcall.run.ConnectionFailing.v1";

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
		return Stream.of((schema) -> properties(schema).remove("partition"),
				(schema) -> properties(schema).putObject("partition").put("type", "string"),
				(schema) -> schema.withArray("required").add("reason"),
				(schema) -> schema.withArray("required").remove(0),
				(schema) -> mode(schema).withArray("enum").remove(0),
				(schema) -> mode(schema).withArray("enum").add("PARTIAL"),
				(schema) -> ((ObjectNode) properties(schema).get("partition")).put("maximum", 11),
				(schema) -> ((ObjectNode) properties(schema).get("selection")).putObject("items")
					.put("type", "integer"),
				(schema) -> properties((ObjectNode) properties(schema).get("run")).remove("number"),
				(schema) -> properties(cell(schema)).remove("kind"),
				(schema) -> cell(schema).withArray("required").add("colour"),
				(schema) -> ((ObjectNode) properties(cell(schema)).get("cell")).put("const", "thing"),
				(schema) -> cells(schema).remove(0), (schema) -> cells(schema).addObject().put("type", "object"));
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
		properties((ObjectNode) properties(newer).get("run")).putObject("seconds").put("type", "integer");
		properties(cell(newer)).putObject("colour").put("type", "string");
		assertThat(SchemaChanges.forbidden(released, newer)).isEmpty();
	}

	@Test
	void allowsANewCodeAndNeverClosesTheList() {
		JsonNode released = Rewritable.RELEASED.read(FAILING);
		ObjectNode newer = (ObjectNode) released.deepCopy();
		code(newer).withArray("examples").add("LICENCE_MISSING");
		assertThat(SchemaChanges.forbidden(released, newer)).isEmpty();
		code(newer).putArray("enum").add("LICENCE_MISSING");
		assertThat(SchemaChanges.forbidden(released, newer)).isNotEmpty();
	}

	private static ObjectNode code(ObjectNode schema) {
		return (ObjectNode) schema.at("/properties/problem/properties/code");
	}

	private static ArrayNode cells(ObjectNode schema) {
		return (ArrayNode) schema.at("/properties/cells/items/oneOf");
	}

	private static ObjectNode cell(ObjectNode schema) {
		return (ObjectNode) cells(schema).get(0);
	}

	private static ObjectNode mode(ObjectNode schema) {
		return (ObjectNode) schema.at("/properties/run/properties/mode");
	}

	private static ObjectNode properties(ObjectNode schema) {
		return (ObjectNode) schema.get("properties");
	}

}
