package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.Departure;
import io.rollcall.reconciler.rules.Edge;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** Facts as documents; their shapes are in the package's description. */
final class FactsCodec implements Codec<FactsDocument> {

	@Override
	public Class<FactsDocument> getEncoderClass() {
		return FactsDocument.class;
	}

	@Override
	public void encode(BsonWriter writer, FactsDocument document, EncoderContext context) {
		writer.writeStartDocument();
		switch (document) {
			case FactsDocument.OfObject(Facts facts) -> object(writer, facts);
			case FactsDocument.OfEdge edge -> edge(writer, edge);
		}
		writer.writeEndDocument();
	}

	private static void object(BsonWriter writer, Facts facts) {
		writer.writeString("_id", facts.key().toString());
		about(writer, facts.organization(), facts.key(), facts.kind());
		writer.writeInt32("turns", facts.turns());
		writer.writeInt64("version", facts.version());
		Facts.Self self = facts.self();
		if (self != null) {
			Fields.document(writer, "self", () -> {
				Fields.stamp(writer, self.stamp());
				writer.writeInt32("selection", self.selection());
				Fields.optional(writer, "departure", (self.departure() != null) ? self.departure().name() : null);
				writer.writeName("attributes");
				Fields.value(writer, self.attributes().values());
			});
		}
		Facts.ManagerCell manager = facts.manager();
		if (manager != null) {
			Fields.document(writer, "manager", () -> {
				Fields.stamp(writer, manager.stamp());
				Fields.optional(writer, "object", (manager.manager() != null) ? manager.manager().value() : null);
			});
		}
		Fields.document(writer, "lastSeen", () -> Fields.stamp(writer, facts.lastSeen()));
		writer.writeBoolean("hasAttributes", facts.hasAttributes());
		writer.writeBoolean("ignored", facts.ignored());
		Fields.strings(writer, "commands", facts.commands());
	}

	private static void edge(BsonWriter writer, FactsDocument.OfEdge document) {
		Edge edge = document.edge();
		writer.writeString("_id", document.id());
		about(writer, document.organization(), document.key(), document.kind());
		writer.writeString("c", edge.container().value());
		writer.writeString("k", edge.kind().name());
		writer.writeBoolean("p", edge.present());
		Fields.stamp(writer, edge.stamp());
		if (edge.removedAt() != null) {
			Fields.instant(writer, "at", edge.removedAt());
		}
	}

	private static void about(BsonWriter writer, OrganizationId organization, ObjectKey key, ObjectKind kind) {
		writer.writeString("organization", organization.value());
		writer.writeString("connection", key.connection().value());
		writer.writeString("object", key.object().value());
		writer.writeString("kind", kind.name());
	}

	@Override
	public FactsDocument decode(BsonReader reader, DecoderContext context) {
		Reading document = new Reading();
		Fields.fields(reader, (name) -> document.field(reader, name));
		return document.done();
	}

	/** The fields of a document while it is read. */
	private static final class Reading {

		private String organization = "";

		private String connection = "";

		private String object = "";

		private ObjectKind kind = ObjectKind.OTHER;

		private Facts.@Nullable Self self;

		private Facts.@Nullable ManagerCell manager;

		private final Cell edge = new Cell();

		private Stamp lastSeen = Stamp.NONE;

		private boolean ignored;

		private List<String> commands = List.of();

		private int turns;

		private long version;

		private void field(BsonReader reader, String name) {
			switch (name) {
				case "organization" -> this.organization = reader.readString();
				case "connection" -> this.connection = reader.readString();
				case "object" -> this.object = reader.readString();
				case "kind" -> this.kind = ObjectKind.valueOf(reader.readString());
				case "self" -> this.self = new Cell(reader).self();
				case "manager" -> this.manager = new Cell(reader).manager();
				case "lastSeen" -> this.lastSeen = new Cell(reader).stamp();
				case "ignored" -> this.ignored = reader.readBoolean();
				case "commands" -> this.commands = Fields.list(reader, BsonReader::readString);
				case "turns" -> this.turns = reader.readInt32();
				case "version" -> this.version = reader.readInt64();
				default -> this.edge.field(reader, name);
			}
		}

		private FactsDocument done() {
			OrganizationId ofWhom = new OrganizationId(this.organization);
			ObjectKey key = new ObjectKey(new ConnectionId(this.connection), new ObjectId(this.object));
			if (this.edge.isEdge()) {
				return new FactsDocument.OfEdge(ofWhom, key, this.kind, this.edge.edge());
			}
			return new FactsDocument.OfObject(new Facts(ofWhom, key, this.kind, this.self, this.manager, Map.of(),
					this.lastSeen, this.ignored, this.commands, this.turns, this.version));
		}

	}

	/** Any of the cells: each has some of these fields. */
	private static final class Cell {

		private long sequence;

		private int index;

		private int selection;

		private @Nullable String departure;

		private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();

		private @Nullable String object;

		private String container = "";

		private String kind = "";

		private boolean present;

		private @Nullable Instant at;

		private Cell() {
		}

		private Cell(BsonReader reader) {
			Fields.fields(reader, (name) -> field(reader, name));
		}

		private void field(BsonReader reader, String name) {
			switch (name) {
				case "s" -> this.sequence = reader.readInt64();
				case "i" -> this.index = reader.readInt32();
				case "selection" -> this.selection = reader.readInt32();
				case "departure" -> this.departure = reader.readString();
				case "attributes" -> Fields.map(reader, this.attributes::put);
				case "object" -> this.object = reader.readString();
				case "c" -> this.container = reader.readString();
				case "k" -> this.kind = reader.readString();
				case "p" -> this.present = reader.readBoolean();
				case "at" -> this.at = Fields.instant(reader);
				default -> reader.skipValue();
			}
		}

		private Stamp stamp() {
			return Fields.stamp(this.sequence, this.index);
		}

		private Facts.Self self() {
			return new Facts.Self(stamp(), this.selection, new Attributes(this.attributes),
					(this.departure != null) ? Departure.valueOf(this.departure) : null);
		}

		private Facts.ManagerCell manager() {
			return new Facts.ManagerCell(stamp(), (this.object != null) ? new ObjectId(this.object) : null);
		}

		private boolean isEdge() {
			return !this.container.isEmpty();
		}

		private Edge edge() {
			return new Edge(new ObjectId(this.container), ObjectKind.valueOf(this.kind), this.present, stamp(),
					this.at);
		}

	}

}
