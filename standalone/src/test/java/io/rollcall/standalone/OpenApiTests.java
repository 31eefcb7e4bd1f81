package io.rollcall.standalone;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.ChangedOperation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The descriptions in {@code docs/api} are what the services answer to, and no caller is
 * broken by accident. They are written anew with {@code -Drollcall.openapi.write=yes}, or
 * {@code =breaking} where callers must change too.
 */
class OpenApiTests {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final Path DOCS = Path.of("..", "docs", "api");

	private static final String ERROR = """
			{"description": "What went wrong and what to do (RFC 9457)", "content": {"application/problem+json":
			{"schema": {"type": "object", "required": ["status", "title"], "properties": {"type": {"type": "string"},
			"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
			"instance": {"type": "string"}}}}}}""";

	private static RunningRollcall rollcall;

	@BeforeAll
	static void start() {
		List.of(true, false).forEach((of31) -> ModelConverters.getInstance(of31).addConverter(new RequiredOfRecords()));
		rollcall = RunningRollcall.start(1, "--springdoc.api-docs.enabled=true",
				"--springdoc.writer-with-order-by-keys=true", "--springdoc.packages-to-scan=io.rollcall",
				"--springdoc.use-fqn=true", "--springdoc.default-produces-media-type=application/json");
	}

	@AfterAll
	static void stop() {
		rollcall.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "connector", "reconciler", "notifier" })
	void theDescriptionIsWhatTheServiceAnswersTo(String service) throws IOException {
		String now = description(service);
		Path committed = DOCS.resolve(service + "-service.json");
		String before = Files.exists(committed) ? Files.readString(committed) : now;
		List<String> breaking = breaking(before, now);
		String write = System.getProperty("rollcall.openapi.write");
		if ("breaking".equals(write) || ("yes".equals(write) && breaking.isEmpty())) {
			Files.createDirectories(DOCS);
			Files.writeString(committed, now);
			return;
		}
		assertThat(breaking)
			.as("callers of the %s must change; if that is meant: -Drollcall.openapi.write=breaking", service)
			.isEmpty();
		assertThat(committed).as("write it anew: -Drollcall.openapi.write=yes").hasContent(now);
	}

	private static List<String> breaking(String before, String now) {
		ChangedOpenApi changed = OpenApiCompare.fromContents(before, now);
		List<String> breaking = new ArrayList<>();
		changed.getMissingEndpoints()
			.forEach((gone) -> breaking.add("%s %s is gone".formatted(gone.getMethod(), gone.getPathUrl())));
		for (ChangedOperation operation : changed.getChangedOperations()) {
			if (operation.isIncompatible()) {
				breaking.add("%s %s has other parameters, or another body".formatted(operation.getHttpMethod(),
						operation.getPathUrl()));
			}
		}
		return breaking;
	}

	private static String description(String service) {
		URI url = switch (service) {
			case "connector" -> rollcall.connector();
			case "reconciler" -> rollcall.reconciler();
			default -> rollcall.notifier();
		};
		String text = Rest.get(url.resolve("/v3/api-docs"))
			.toString()
			.replaceAll("([Ii]o\\.rollcall|org\\.springframework)\\.([a-z]+\\.)+", "");
		ObjectNode api = (ObjectNode) JSON.readTree(text);
		api.remove("servers");
		api.putObject("info")
			.put("title", "Rollcall: " + service)
			.put("version", "1")
			.put("description", "A property that is not required may be absent or null.");
		JsonNode error = JSON.readTree(ERROR);
		api.get("paths").forEach((path) -> path.forEach((operation) -> {
			// Both only count the methods of that name.
			((ObjectNode) operation).remove("operationId");
			((ObjectNode) operation.get("responses")).set("default", error);
			((ArrayNode) operation.get("tags")).set(0,
					operation.at("/tags/0").asString().replaceAll("-(controller|endpoint)$", ""));
		}));
		return JSON.writeValueAsString(api) + "\n";
	}

	/** What a record always has is required; what is nullable is not. */
	private static final class RequiredOfRecords implements ModelConverter {

		@Override
		public @Nullable Schema<?> resolve(AnnotatedType type, ModelConverterContext context,
				Iterator<ModelConverter> chain) {
			Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
			Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
			if (schema != null && raw.isRecord()) {
				Schema<?> described = (schema.get$ref() != null)
						? context.getDefinedModels().get(schema.get$ref().replaceAll(".*/", "")) : schema;
				require(described, raw);
			}
			return schema;
		}

		@SuppressWarnings("rawtypes")
		private static void require(@Nullable Schema<?> schema, Class<?> record) {
			Map<String, Schema> properties = (schema != null) ? schema.getProperties() : null;
			if (properties != null) {
				schema.setRequired(Arrays.stream(record.getRecordComponents())
					.filter((component) -> !isNullable(component))
					.map(RecordComponent::getName)
					.filter(properties::containsKey)
					.sorted()
					.toList());
			}
		}

		private static boolean isNullable(RecordComponent component) {
			return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
		}

	}

}
