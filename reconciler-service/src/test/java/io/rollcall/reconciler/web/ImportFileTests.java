package io.rollcall.reconciler.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.rollcall.reconciler.flow.view.Importing.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Files as spreadsheets write them. */
class ImportFileTests {

	private static final String TEXT = "externalId,displayName,email\r\n7,Zoë Ångström,z@x.org\r\n";

	static Stream<Arguments> encodings() {
		Charset windows = Charset.forName("windows-1252");
		return Stream.of(arguments(TEXT.getBytes(StandardCharsets.UTF_8), "UTF-8"),
				arguments(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_8), "UTF-8"),
				arguments(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16LE), "UTF-16LE"),
				arguments(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16BE), "UTF-16BE"),
				arguments(TEXT.getBytes(StandardCharsets.UTF_16LE), "UTF-16LE"),
				arguments(TEXT.getBytes(StandardCharsets.UTF_16BE), "UTF-16BE"),
				arguments(TEXT.getBytes(windows), "windows-1252"));
	}

	@ParameterizedTest
	@MethodSource("encodings")
	void readsWhatSpreadsheetsWrite(byte[] bytes, String encoding) {
		ImportFile file = ImportFile.csv(bytes);
		assertThat(file.encoding()).isEqualTo(encoding);
		assertThat(file.lines()).containsExactly(
				new Line(2, Map.of("externalId", "7", "displayName", "Zoë Ångström", "email", "z@x.org"), null));
	}

	@ParameterizedTest
	@CsvSource({ "',',','", "';',;", "'\t',tab" })
	void findsTheSeparator(String separator, String named) {
		ImportFile file = csv(String.join(separator, "EXTERNALID", "DisplayName", "note") + "\n"
				+ String.join(separator, "7", "\"Byron, Ada; \"\"the\tfirst\"\"\"", "") + "\n");
		assertThat(file.separator()).isEqualTo(named);
		assertThat(file.lines().getFirst().values())
			.isEqualTo(Map.of("externalId", "7", "displayName", "Byron, Ada; \"the first\""));
	}

	@Test
	void believesTheHintOfASpreadsheetAndCountsLinesAsAnEditorDoes() {
		List<Line> lines = csv("sep=;\r\nexternalId;displayName\r\n7;\"Ada\r\nByron\"\r\n\r\n8;Bea\r\n9;Cy;too much")
			.lines();
		assertThat(lines).extracting(Line::number).containsExactly(3, 6, 7);
		assertThat(lines.get(2).problem()).contains("more values than there are columns");
		assertThat(lines.get(1).values()).containsEntry("displayName", "Bea");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
			-                          | the file is empty
			externalId,name            | "displayName" among them
			externalId,,displayName    | '' cannot be the name of a column
			externalId,displayName,e e | 'e e' cannot be the name of a column
			externalId,displayName,displayName | 'displayName' is there twice
			7,Ada                      | '7' cannot be the name of a column
			""")
	void saysWhatIsWrongWithAFile(String text, String said) {
		assertThatThrownBy(() -> csv((text != null) ? text : "")).hasMessageContaining(said);
	}

	@Test
	void passesOverWhatSpreadsheetsFillUpWith() {
		assertThat(csv("externalId;displayName;;\n7;Ada;;\n;;;\n8;Bea;;x\n").lines()).extracting(Line::problem)
			.containsExactly(null, "it has more values than there are columns: is one of them not quoted?");
	}

	@Test
	void readsJsonAndSaysOfEachAccountWhatIsWrong() {
		List<Line> lines = ImportFile
			.json("[{\"externalId\": 7, \"displayName\": \"Ada\", \"email\": null}, {\"externalId\": {}}, 3]"
				.getBytes(StandardCharsets.UTF_8))
			.lines();
		assertThat(lines).extracting(Line::problem)
			.containsExactly(null, "'externalId' must be a text or a number", "it is no object");
		assertThat(lines.getFirst().values()).isEqualTo(Map.of("externalId", "7", "displayName", "Ada"));
		assertThatThrownBy(() -> ImportFile.json("{}".getBytes(StandardCharsets.UTF_8)))
			.hasMessageContaining("must be an array");
		assertThatThrownBy(() -> ImportFile.json("[{]".getBytes(StandardCharsets.UTF_8)))
			.hasMessageContaining("line 1 cannot be read");
	}

	private static ImportFile csv(String text) {
		return ImportFile.csv(text.getBytes(StandardCharsets.UTF_8));
	}

}
