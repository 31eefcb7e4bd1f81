package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.rollcall.model.Reason;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.reconciler.flow.apply.Origin;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.jspecify.annotations.Nullable;

/** What the codecs have in common. */
final class Bson {

	private Bson() {
	}

	static void text(BsonWriter writer, String name, @Nullable String value) {
		if (value != null) {
			writer.writeString(name, value);
		}
	}

	static void date(BsonWriter writer, String name, @Nullable Instant value) {
		if (value != null) {
			writer.writeDateTime(name, value.toEpochMilli());
		}
	}

	static void stamp(BsonWriter writer, String name, Stamp stamp) {
		if (!stamp.equals(Stamp.NONE)) {
			writer.writeStartDocument(name);
			writer.writeInt64("s", stamp.sequence().value());
			writer.writeInt32("i", stamp.index());
			writer.writeEndDocument();
		}
	}

	static void origin(BsonWriter writer, String name, @Nullable Origin origin) {
		if (origin != null) {
			writer.writeStartDocument(name);
			writer.writeString("t", origin.topic());
			writer.writeInt32("p", origin.partition());
			writer.writeInt64("o", origin.offset());
			writer.writeEndDocument();
		}
	}

	static void reason(BsonWriter writer, String name, @Nullable Reason reason) {
		if (reason != null) {
			writer.writeStartDocument(name);
			writer.writeString("code", reason.code().name());
			if (!reason.parameters().isEmpty()) {
				writer.writeName("parameters");
				value(writer, reason.parameters());
			}
			writer.writeEndDocument();
		}
	}

	/** An array, left out when it is empty. */
	static <T> void array(BsonWriter writer, String name, List<T> items, Consumer<T> item) {
		if (!items.isEmpty()) {
			writer.writeStartArray(name);
			items.forEach(item);
			writer.writeEndArray();
		}
	}

	/** Any value that JSON can say. */
	static void value(BsonWriter writer, @Nullable Object value) {
		switch (value) {
			case null -> writer.writeNull();
			case String text -> writer.writeString(text);
			case Boolean flag -> writer.writeBoolean(flag);
			case Integer number -> writer.writeInt32(number);
			case Long number -> writer.writeInt64(number);
			case Number number -> writer.writeDouble(number.doubleValue());
			case List<?> list -> {
				writer.writeStartArray();
				list.forEach((item) -> value(writer, item));
				writer.writeEndArray();
			}
			case Map<?, ?> map -> {
				writer.writeStartDocument();
				map.forEach((name, item) -> {
					writer.writeName(String.valueOf(name));
					value(writer, item);
				});
				writer.writeEndDocument();
			}
			default -> writer.writeString(value.toString());
		}
	}

	/** Reads a document's fields; what {@code field} does not read, it must skip. */
	static void fields(BsonReader reader, Consumer<String> field) {
		reader.readStartDocument();
		while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
			field.accept(reader.readName());
		}
		reader.readEndDocument();
	}

	static <T> List<T> list(BsonReader reader, Function<BsonReader, T> item) {
		List<T> items = new ArrayList<>();
		reader.readStartArray();
		while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
			items.add(item.apply(reader));
		}
		reader.readEndArray();
		return items;
	}

	static void map(BsonReader reader, BiConsumer<String, @Nullable Object> entry) {
		fields(reader, (name) -> entry.accept(name, value(reader)));
	}

	static Map<String, String> texts(BsonReader reader) {
		Map<String, String> texts = new LinkedHashMap<>();
		fields(reader, (name) -> texts.put(name, reader.readString()));
		return texts;
	}

	static Instant date(BsonReader reader) {
		return Instant.ofEpochMilli(reader.readDateTime());
	}

	static Stamp stamp(BsonReader reader) {
		long[] parts = new long[2];
		fields(reader, (name) -> {
			switch (name) {
				case "s" -> parts[0] = reader.readInt64();
				case "i" -> parts[1] = reader.readInt32();
				default -> reader.skipValue();
			}
		});
		return new Stamp(new Sequence(parts[0]), (int) parts[1]);
	}

	static Origin origin(BsonReader reader) {
		String[] topic = new String[1];
		long[] parts = new long[2];
		fields(reader, (name) -> {
			switch (name) {
				case "t" -> topic[0] = reader.readString();
				case "p" -> parts[0] = reader.readInt32();
				case "o" -> parts[1] = reader.readInt64();
				default -> reader.skipValue();
			}
		});
		return new Origin(topic[0], (int) parts[0], parts[1]);
	}

	static Reason reason(BsonReader reader) {
		Reason.Code[] code = new Reason.Code[1];
		Map<String, String> parameters = new LinkedHashMap<>();
		fields(reader, (name) -> {
			switch (name) {
				case "code" -> code[0] = Reason.Code.valueOf(reader.readString());
				case "parameters" -> parameters.putAll(texts(reader));
				default -> reader.skipValue();
			}
		});
		return new Reason(code[0], parameters);
	}

	static @Nullable Object value(BsonReader reader) {
		return switch (reader.getCurrentBsonType()) {
			case STRING -> reader.readString();
			case BOOLEAN -> reader.readBoolean();
			case INT32 -> reader.readInt32();
			case INT64 -> reader.readInt64();
			case DOUBLE -> reader.readDouble();
			case ARRAY -> list(reader, Bson::value);
			case DOCUMENT -> {
				Map<String, @Nullable Object> map = new LinkedHashMap<>();
				map(reader, map::put);
				yield map;
			}
			case NULL -> {
				reader.readNull();
				yield null;
			}
			default -> throw new IllegalStateException("no JSON says " + reader.getCurrentBsonType());
		};
	}

}
