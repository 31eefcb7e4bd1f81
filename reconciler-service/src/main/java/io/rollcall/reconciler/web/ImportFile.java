package io.rollcall.reconciler.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.rollcall.reconciler.flow.view.Importing;
import io.rollcall.reconciler.flow.view.Importing.Line;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.mapping.Text;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/**
 * A file of accounts, as spreadsheets and programs write them: CSV with a line of column
 * names, separated by commas, semicolons or tabs, in UTF-8, UTF-16 or Windows-1252; or a
 * JSON array of objects.
 *
 * @param encoding that it was read in
 * @param separator of a CSV; null of JSON
 */
record ImportFile(String encoding, @Nullable String separator, List<Line> lines) {

	static final int MOST_LINES = 200_000;

	private static final int MOST_COLUMNS = 50;

	private static final char BOM = '\ufeff';

	private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

	private static final Pattern COLUMN = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

	/** The columns that mean something of their own; the others are fields. */
	private static final List<String> KNOWN = List.of(Importing.EXTERNAL_ID, Account.DISPLAY_NAME, Account.EMAIL,
			"userPrincipalName", Account.EMPLOYEE_ID);

	private static final CsvMapper CSV = CsvMapper.builder()
		.enable(CsvReadFeature.WRAP_AS_ARRAY)
		.enable(CsvReadFeature.SKIP_EMPTY_LINES)
		.build();

	/** Reads a CSV. */
	static ImportFile csv(byte[] bytes) {
		Decoded decoded = Decoded.of(bytes);
		String text = decoded.text();
		int skipped = 0;
		char separator = separator(text);
		if (text.regionMatches(true, 0, "sep=", 0, 4)) {
			// A hint of spreadsheets to themselves.
			text = text.substring(Math.min(text.length(), text.indexOf('\n') + 1));
			skipped = 1;
		}
		List<Line> lines = new ArrayList<>();
		CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
		try (MappingIterator<String[]> rows = CSV.readerFor(String[].class).with(schema).readValues(text)) {
			if (!rows.hasNextValue()) {
				throw Problems.invalid("the file is empty: its first line names the columns, such as externalId");
			}
			List<String> columns = columns(rows.nextValue());
			int number = rows.currentLocation().getLineNr() + skipped;
			while (rows.hasNextValue()) {
				String[] values = rows.nextValue();
				if (isFilled(values, 0)) {
					lines.add(line(number, columns, values));
				}
				number = rows.currentLocation().getLineNr() + skipped;
				checkCount(lines);
			}
		}
		catch (JacksonException ex) {
			throw Problems.invalid("line %d cannot be read: %s".formatted(
					((ex.getLocation() != null) ? ex.getLocation().getLineNr() : 0) + skipped,
					ex.getOriginalMessage()));
		}
		return new ImportFile(decoded.encoding(), (separator == '\t') ? "tab" : String.valueOf(separator), lines);
	}

	/** Reads a JSON array. */
	static ImportFile json(byte[] bytes) {
		JsonNode all;
		try {
			all = JsonMapper.shared().readTree(bytes);
		}
		catch (JacksonException ex) {
			throw Problems.invalid("line %d cannot be read: %s"
				.formatted((ex.getLocation() != null) ? ex.getLocation().getLineNr() : 0, ex.getOriginalMessage()));
		}
		if (!all.isArray()) {
			throw Problems.invalid("the body must be an array of accounts, such as [{\"externalId\": \"7\", "
					+ "\"displayName\": \"Ada\"}]");
		}
		List<Line> lines = new ArrayList<>();
		for (JsonNode account : all) {
			lines.add(line(lines.size() + 1, account));
			checkCount(lines);
		}
		return new ImportFile("UTF-8", null, lines);
	}

	private static Line line(int number, JsonNode account) {
		Map<String, String> values = new LinkedHashMap<>();
		String problem = account.isObject() ? null : "it is no object";
		for (Map.Entry<String, JsonNode> property : account.properties()) {
			if (!property.getValue().isValueNode()) {
				problem = "'%s' must be a text or a number".formatted(property.getKey());
			}
			else if (!COLUMN.matcher(property.getKey()).matches()) {
				problem = "'%s' cannot be the name of a field".formatted(property.getKey());
			}
			else {
				put(values, property.getKey(), property.getValue().asString(""));
			}
		}
		return new Line(number, values, (values.size() > MOST_COLUMNS) ? "it has more than 50 fields" : problem);
	}

	private static Line line(int number, List<String> columns, String[] values) {
		Map<String, String> named = new LinkedHashMap<>();
		for (int i = 0; i < Math.min(columns.size(), values.length); i++) {
			put(named, columns.get(i), values[i]);
		}
		return new Line(number, named, isFilled(values, columns.size())
				? "it has more values than there are columns: is one of them not quoted?" : null);
	}

	/**
	 * Whether any value from one on is not empty: spreadsheets fill up with separators.
	 */
	private static boolean isFilled(String[] values, int from) {
		return Stream.of(values).skip(from).anyMatch((value) -> value != null && !value.isBlank());
	}

	private static void put(Map<String, String> values, String column, @Nullable String value) {
		String clean = (value != null) ? Text.clean(value) : "";
		if (!clean.isEmpty()) {
			values.put(column, clean);
		}
	}

	private static List<String> columns(String[] header) {
		List<String> columns = new ArrayList<>();
		Set<String> seen = new HashSet<>();
		for (String given : header) {
			if (!isFilled(header, columns.size())) {
				break;
			}
			String name = Text.clean(given);
			String column = KNOWN.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
			if (!COLUMN.matcher(column).matches()) {
				throw Problems
					.invalid(("'%s' cannot be the name of a column: it begins with a letter, and has up to 64 "
							+ "letters, digits and '_'; the first line must name the columns")
						.formatted(column));
			}
			if (!seen.add(column)) {
				throw Problems.invalid("the column '%s' is there twice".formatted(column));
			}
			columns.add(column);
		}
		if (!seen.contains(Importing.EXTERNAL_ID) || !seen.contains(Account.DISPLAY_NAME)
				|| columns.size() > MOST_COLUMNS) {
			throw Problems.invalid(("the first line must name up to %d columns, \"%s\" and \"%s\" among them, has %s; "
					+ "others that mean something are %s, and every other is a field")
				.formatted(MOST_COLUMNS, Importing.EXTERNAL_ID, Account.DISPLAY_NAME, columns,
						KNOWN.subList(2, KNOWN.size())));
		}
		return columns;
	}

	private static void checkCount(List<Line> lines) {
		if (lines.size() > MOST_LINES) {
			throw Problems.invalid("more than %d accounts: cut the file in parts".formatted(MOST_LINES));
		}
	}

	/** What the first line has most of, quoted texts aside. */
	private static char separator(String text) {
		if (text.regionMatches(true, 0, "sep=", 0, 4) && text.length() > 4) {
			return text.charAt(4);
		}
		int[] counts = new int[3];
		boolean quoted = false;
		for (int i = 0; i < text.length() && (quoted || text.charAt(i) != '\n'); i++) {
			char c = text.charAt(i);
			quoted ^= c == '"';
			int which = ",;\t".indexOf(c);
			if (!quoted && which >= 0) {
				counts[which]++;
			}
		}
		return (counts[1] > counts[0] && counts[1] >= counts[2]) ? ';' : (counts[2] > counts[0]) ? '\t' : ',';
	}

	/** A text with the encoding that it was written in. */
	private record Decoded(String text, String encoding) {

		/** What is no UTF-8 and has no mark of another comes from an old spreadsheet. */
		private static Decoded of(byte[] bytes) {
			if (bytes.length >= 2 && (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff || bytes[0] == 0)) {
				return in(bytes, StandardCharsets.UTF_16BE);
			}
			if (bytes.length >= 2 && (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe || bytes[1] == 0)) {
				return in(bytes, StandardCharsets.UTF_16LE);
			}
			try {
				return marked(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(),
						StandardCharsets.UTF_8);
			}
			catch (CharacterCodingException ex) {
				return in(bytes, WINDOWS_1252);
			}
		}

		private static Decoded in(byte[] bytes, Charset charset) {
			return marked(new String(bytes, charset), charset);
		}

		private static Decoded marked(String text, Charset charset) {
			return new Decoded((!text.isEmpty() && text.charAt(0) == BOM) ? text.substring(1) : text, charset.name());
		}

	}

}
