package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.jspecify.annotations.Nullable;

/** The words our codecs are written in, above the driver's reader and writer. */
final class Fields {

	private Fields() {
	}

	static void document(BsonWriter writer, String name, Runnable content) {
		writer.writeStartDocument(name);
		content.run();
		writer.writeEndDocument();
	}

	static <T> void documents(BsonWriter writer, String name, Iterable<T> items, Consumer<T> content) {
		writer.writeStartArray(name);
		for (T item : items) {
			writer.writeStartDocument();
			content.accept(item);
			writer.writeEndDocument();
		}
		writer.writeEndArray();
	}

	static void strings(BsonWriter writer, String name, Iterable<String> items) {
		writer.writeStartArray(name);
		items.forEach(writer::writeString);
		writer.writeEndArray();
	}

	static void optional(BsonWriter writer, String name, @Nullable String value) {
		if (value != null) {
			writer.writeString(name, value);
		}
	}

	static void instant(BsonWriter writer, String name, Instant instant) {
		writer.writeDateTime(name, instant.toEpochMilli());
	}

	static void stamp(BsonWriter writer, Stamp stamp) {
		writer.writeInt64("s", stamp.sequence().value());
		writer.writeInt32("i", stamp.index());
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
		reader.readStartDocument();
		while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
			String name = reader.readName();
			entry.accept(name, value(reader));
		}
		reader.readEndDocument();
	}

	static Instant instant(BsonReader reader) {
		return Instant.ofEpochMilli(reader.readDateTime());
	}

	static Stamp stamp(long sequence, int index) {
		return new Stamp(new Sequence(sequence), index);
	}

	static @Nullable Object value(BsonReader reader) {
		return switch (reader.getCurrentBsonType()) {
			case STRING -> reader.readString();
			case BOOLEAN -> reader.readBoolean();
			case INT32 -> reader.readInt32();
			case INT64 -> reader.readInt64();
			case DOUBLE -> reader.readDouble();
			case ARRAY -> list(reader, Fields::value);
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
