package io.rollcall.model.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A folder of JSON files that follow from the code and can be written anew from it. */
record Rewritable(Path folder) {

	static final Rewritable SCHEMAS = new Rewritable(Path.of("src/main/resources/io/rollcall/schemas"));

	static final Rewritable GOLDEN = new Rewritable(Path.of("src/test/resources/golden"));

	static final Rewritable RELEASED = new Rewritable(Path.of("src/test/resources/released/v1"));

	private static final String COMMAND = "./mvnw -pl shared-model test -Dtest='SchemaFilesTest,GoldenFilesTest' "
			+ "-Drollcall.rewrite=true";

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

	/** Whether the build was asked to write the files instead of only checking them. */
	static boolean isRewriting() {
		return Boolean.getBoolean("rollcall.rewrite");
	}

	/** Fails when the file of that name is not what the code says. */
	void check(String name, JsonNode expected) {
		assertThat(Files.exists(file(name)) ? text(name) : "no such file")
			.as("%s differs from the code. If the change is meant, rewrite the files and look at the difference:%n%n  %s%n",
					file(name), COMMAND)
			.isEqualTo(pretty(expected));
	}

	void write(String name, JsonNode content) {
		try {
			Files.createDirectories(this.folder);
			Files.writeString(file(name), pretty(content));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	JsonNode read(String name) {
		return JSON.readTree(text(name));
	}

	/** The names of all files, without {@code .json}. */
	List<String> names() {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map((file) -> file.getFileName().toString().replaceFirst("\\.json$", "")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path file(String name) {
		return this.folder.resolve(name + ".json");
	}

	private String text(String name) {
		try {
			return Files.readString(file(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String pretty(JsonNode node) {
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
				Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER))
			.withObjectIndenter(INDENT)
			.withArrayIndenter(INDENT);
		return JSON.writer().with(printer).writeValueAsString(node) + "\n";
	}

}
