package io.rollcall.model.event;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rollcall.model.ObjectId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.directory.Observation.CellsObserved;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CloudEvents 1.0 for Kafka, binary mode: context in {@code ce_*} headers, the event as
 * JSON in the value. This is the one place where an event becomes bytes and bytes become
 * an event.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">The
 * Kafka protocol binding</a>
 */
public final class EventFormat {

	private static final String SPEC_VERSION = "1.0";

	private static final String CONTENT_TYPE = "application/json";

	private static final JsonMapper JSON = JsonMapper.builder()
		.annotationIntrospector(new RequiredUnlessNullable())
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL)
			.withContentInclusion(JsonInclude.Include.ALWAYS))
		.build();

	/**
	 * By event type; finding a type's reader in the mapper costs more than this look-up.
	 */
	private static final Map<String, ObjectReader> READERS = EventTypes.all()
		.stream()
		.collect(Collectors.toUnmodifiableMap(EventTypes::nameOf, JSON::readerFor));

	private static final String CELLS = EventTypes.nameOf(CellsObserved.class);

	private EventFormat() {
	}

	/**
	 * The mapper that writes events; for tools that must show an event exactly as it
	 * travels.
	 */
	public static JsonMapper json() {
		return JSON;
	}

	/** The record's value: JSON that a person can read. */
	public static byte[] value(Event event) {
		return JSON.writeValueAsBytes(event);
	}

	/** The record's headers, UTF-8. */
	public static Map<String, byte[]> headers(Envelope<?> envelope) {
		return headers(envelope.id(), envelope.source(), EventTypes.nameOf(envelope.event().getClass()),
				envelope.time(), envelope.event().key(), envelope.run());
	}

	/**
	 * The same of an event that was stored as its bytes.
	 * @param type {@code ce_type}, of {@link EventTypes}
	 * @param key the record's key
	 */
	public static Map<String, byte[]> headers(String id, String source, String type, Instant time, String key,
			@Nullable RunId run) {
		Map<String, byte[]> headers = new LinkedHashMap<>();
		put(headers, "ce_specversion", SPEC_VERSION);
		put(headers, "ce_id", id);
		put(headers, "ce_source", source);
		put(headers, "ce_type", type);
		put(headers, "ce_time", time.toString());
		put(headers, "ce_partitionkey", key);
		if (run != null) {
			put(headers, "ce_run", run.value());
		}
		put(headers, "content-type", CONTENT_TYPE);
		return headers;
	}

	/**
	 * What a record is to one who takes only a family of events; never throws, so that a
	 * bad record can be told apart from a failing service.
	 */
	public static <E extends Event> Reading<E> read(Class<E> family, Function<String, byte @Nullable []> header,
			byte @Nullable [] value) {
		String type = text(header, "ce_type");
		String id = text(header, "ce_id");
		String source = text(header, "ce_source");
		if (type == null || id == null || source == null) {
			return unreadable("header ce_type, ce_id or ce_source is missing: not a CloudEvent in binary mode");
		}
		String version = text(header, "ce_specversion");
		if (!SPEC_VERSION.equals(version)) {
			return unreadable("header ce_specversion is %s and must be %s".formatted(version, SPEC_VERSION));
		}
		ObjectReader reader = READERS.get(type);
		if (reader == null) {
			return bad(Problem.Code.RECORD_UNKNOWN, "type", type);
		}
		if (value == null) {
			return unreadable(type + " has no value");
		}
		try {
			String time = text(header, "ce_time");
			String run = text(header, "ce_run");
			Event event = value(type, reader, value);
			if (event == null) {
				return unreadable(type + " has the value null");
			}
			if (!family.isInstance(event)) {
				return bad(Problem.Code.RECORD_MISPLACED, "type", type);
			}
			return new Reading.Known<>(new Envelope<>(id, source, (time != null) ? Instant.parse(time) : Instant.EPOCH,
					(run != null) ? new RunId(run) : null, family.cast(event)));
		}
		catch (JacksonException ex) {
			return unreadable(type + " cannot be read at " + reason(ex));
		}
		catch (DateTimeException ex) {
			return unreadable(type + " has a ce_time that is no RFC 3339 time: " + ex.getMessage());
		}
		catch (IllegalArgumentException ex) {
			return unreadable(type + " has a ce_run that is none: " + ex.getMessage());
		}
	}

	private static <E extends Event> Reading<E> unreadable(String detail) {
		return bad(Problem.Code.RECORD_UNREADABLE, "detail", detail);
	}

	private static <E extends Event> Reading<E> bad(Problem.Code code, String parameter, String text) {
		return new Reading.Bad<>(Problem.forPerson(code, parameter, text));
	}

	private static @Nullable Event value(String type, ObjectReader reader, byte[] value) {
		try {
			return reader.readValue(value);
		}
		catch (JacksonException ex) {
			if (!CELLS.equals(type)) {
				throw ex;
			}
			return cellByCell(value);
		}
	}

	/**
	 * One bad cell takes no others with it, as long as it can be said whom it is about.
	 */
	private static CellsObserved cellByCell(byte[] value) {
		JsonNode tree = JSON.readTree(value);
		if (!(tree instanceof ObjectNode record) || !(record.remove("cells") instanceof ArrayNode nodes)) {
			return JSON.readValue(value, CellsObserved.class);
		}
		record.putArray("cells");
		CellsObserved empty = JSON.treeToValue(record, CellsObserved.class);
		List<Cell> cells = new ArrayList<>(nodes.size());
		for (JsonNode node : nodes) {
			if (!node.hasNonNull("object")) {
				throw MismatchedInputException.from((JsonParser) null, ObjectId.class, "whom it is about")
					.prependPath(Cell.class, "object");
			}
			try {
				cells.add(JSON.treeToValue(node, Cell.class));
			}
			catch (JacksonException ex) {
				cells.add(new Cell.Unreadable(node.path("index").asInt(0),
						JSON.treeToValue(node.path("object"), ObjectId.class), kind(node.path("kind")), reason(ex)));
			}
		}
		return new CellsObserved(empty.organization(), empty.connection(), empty.source(), empty.sequence(),
				empty.partition(), empty.run(), empty.selection(), cells);
	}

	private static ObjectKind kind(JsonNode kind) {
		return Arrays.stream(ObjectKind.values())
			.filter((known) -> known.name().equals(kind.asString("")))
			.findFirst()
			.orElse(ObjectKind.OTHER);
	}

	/**
	 * Where it is wrong and what must be there; never the value, which may be somebody's,
	 * as a parser's message may be.
	 */
	private static String reason(JacksonException ex) {
		String path = ex.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? "/" + step.getPropertyName() : "/" + step.getIndex())
			.collect(Collectors.joining());
		return (path.isEmpty() ? "/" : path) + ": " + switch (ex) {
			case ValueInstantiationException refused when refused.getCause() instanceof IllegalArgumentException own ->
				own.getMessage();
			case InvalidTypeIdException other -> needs(other.getBaseType().getRawClass());
			case MismatchedInputException other when other.getTargetType() != null -> needs(other.getTargetType());
			case InputCoercionException other -> needs(other.getTargetType());
			case StreamConstraintsException limit -> limit.getOriginalMessage();
			case StreamReadException broken -> "no JSON at line %d, column %d"
				.formatted(broken.getLocation().getLineNr(), broken.getLocation().getColumnNr());
			default -> ex.getClass().getSimpleName();
		};
	}

	private static String needs(Class<?> type) {
		return "needs a value of type " + (List.class.isAssignableFrom(type) ? "List" : type.getSimpleName());
	}

	private static void put(Map<String, byte[]> headers, String name, String value) {
		headers.put(name, value.getBytes(StandardCharsets.UTF_8));
	}

	private static @Nullable String text(Function<String, byte @Nullable []> header, String name) {
		byte[] value = header.apply(name);
		return (value != null) ? new String(value, StandardCharsets.UTF_8) : null;
	}

	/** What became of a record. */
	public sealed interface Reading<E extends Event> {

		record Known<E extends Event>(Envelope<E> envelope) implements Reading<E> {
		}

		/** Not a CloudEvent, not what its type says, of another family, or unknown. */
		record Bad<E extends Event>(Problem problem) implements Reading<E> {
		}

	}

}
