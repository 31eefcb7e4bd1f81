package io.rollcall.reconciler.mongo.coordinate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.change.Tally;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.Document;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.conversions.Bson;

/**
 * Records of the flow as documents: the driver's codec for records does it, but for what
 * it has no codec for.
 */
final class StateCodecs {

	static final CodecRegistry REGISTRY = CodecRegistries.fromRegistries(
			CodecRegistries.fromCodecs(new TallyCodec(), new DurationCodec()),
			MongoClientSettings.getDefaultCodecRegistry());

	private StateCodecs() {
	}

	static MongoCollection<Document> collection(MongoDatabase database, String name) {
		return database.getCollection(name).withCodecRegistry(REGISTRY);
	}

	/** A document's {@code state}. */
	static <T> T state(Document document, Class<T> type) {
		BsonDocument state = document.get("state", Document.class).toBsonDocument(BsonDocument.class, REGISTRY);
		return REGISTRY.get(type).decode(state.asBsonReader(), DecoderContext.builder().build());
	}

	/** That the ids of a connection start with it and a colon. */
	static Bson ofConnection(String connection) {
		return Filters.and(Filters.gt("_id", connection + ":"), Filters.lt("_id", connection + ";"));
	}

	/** Counts and first names, by kind. */
	private static final class TallyCodec implements Codec<Tally> {

		@Override
		public void encode(BsonWriter writer, Tally tally, EncoderContext context) {
			writer.writeStartDocument();
			tally.counts().forEach((kind, count) -> {
				writer.writeStartDocument(kind.name());
				writer.writeInt64("count", count);
				writer.writeStartArray("names");
				tally.names().getOrDefault(kind, List.of()).forEach(writer::writeString);
				writer.writeEndArray();
				writer.writeEndDocument();
			});
			writer.writeEndDocument();
		}

		@Override
		public Tally decode(BsonReader reader, DecoderContext context) {
			Map<Tally.Kind, Long> counts = new EnumMap<>(Tally.Kind.class);
			Map<Tally.Kind, List<String>> names = new EnumMap<>(Tally.Kind.class);
			reader.readStartDocument();
			while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
				Tally.Kind kind = Tally.Kind.valueOf(reader.readName());
				reader.readStartDocument();
				counts.put(kind, reader.readInt64("count"));
				reader.readName("names");
				List<String> some = new ArrayList<>();
				reader.readStartArray();
				while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
					some.add(reader.readString());
				}
				reader.readEndArray();
				names.put(kind, some);
				reader.readEndDocument();
			}
			reader.readEndDocument();
			return new Tally(counts, names);
		}

		@Override
		public Class<Tally> getEncoderClass() {
			return Tally.class;
		}

	}

	/** As ISO 8601 writes it. */
	private static final class DurationCodec implements Codec<Duration> {

		@Override
		public void encode(BsonWriter writer, Duration duration, EncoderContext context) {
			writer.writeString(duration.toString());
		}

		@Override
		public Duration decode(BsonReader reader, DecoderContext context) {
			return Duration.parse(reader.readString());
		}

		@Override
		public Class<Duration> getEncoderClass() {
			return Duration.class;
		}

	}

}
