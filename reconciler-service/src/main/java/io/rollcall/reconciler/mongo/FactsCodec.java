package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.MatchSettled;
import io.rollcall.model.hint.Hint;
import io.rollcall.reconciler.flow.apply.Origin;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Departure;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Said;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** Facts as documents; their shape is in the package's description. */
final class FactsCodec implements Codec<StoredFacts> {

	private static final String ACCOUNT = "account";

	@Override
	public Class<StoredFacts> getEncoderClass() {
		return StoredFacts.class;
	}

	@Override
	public void encode(BsonWriter writer, StoredFacts stored, EncoderContext context) {
		Facts facts = stored.facts();
		writer.writeStartDocument();
		writer.writeString(Fields.ID, facts.key().toString());
		writer.writeString(Fields.ORGANIZATION, facts.organization().value());
		writer.writeString(Fields.CONNECTION, facts.key().connection().value());
		writer.writeString(Fields.KIND, facts.kind().name());
		Facts.Whole whole = facts.whole();
		if (whole != null) {
			writer.writeStartDocument(Fields.WHOLE);
			Bson.stamp(writer, Fields.STAMP, whole.stamp());
			writer.writeName(Fields.ATTRIBUTES);
			Bson.value(writer, whole.attributes().values());
			if (whole.departure() != null) {
				writer.writeString(Fields.DEPARTURE, whole.departure().name());
			}
			writer.writeEndDocument();
		}
		Bson.array(writer, Fields.IN, facts.in(), (container) -> writer.writeString(container.code()));
		Bson.stamp(writer, Fields.LISTED, facts.listed());
		Bson.array(writer, Fields.NEWER, facts.newer(), (edge) -> {
			writer.writeStartDocument();
			writer.writeString(Fields.IN, edge.code());
			Bson.stamp(writer, Fields.STAMP, edge.stamp());
			Bson.date(writer, Fields.REMOVED, edge.removedAt());
			writer.writeEndDocument();
		});
		Bson.stamp(writer, Fields.MEMBERS_LISTED, facts.membersListed());
		if (facts.ignored()) {
			writer.writeBoolean(Fields.IGNORED, true);
		}
		answer(writer, facts.said().answer());
		match(writer, facts.said().match());
		Bson.origin(writer, Fields.COMMAND, stored.command());
		StoredFacts.Says says = stored.says();
		if (says != null) {
			writer.writeStartDocument(Fields.SAYS);
			Bson.origin(writer, "cause", says.cause());
			Bson.text(writer, "run", (says.run() != null) ? says.run().value() : null);
			if (says.changed()) {
				writer.writeBoolean("changed", true);
			}
			Bson.text(writer, "wanted", (says.wanted() != null) ? says.wanted().name() : null);
			Bson.text(writer, "source", (says.source() != null) ? says.source().value() : null);
			writer.writeEndDocument();
		}
		writer.writeInt64(Fields.REVISION, facts.revision());
		writer.writeEndDocument();
	}

	private static void answer(BsonWriter writer, Said.@Nullable Answer answer) {
		if (answer != null) {
			writer.writeStartDocument(Fields.ANSWER);
			writer.writeString(ACCOUNT, answer.account().value());
			writer.writeInt64(Fields.REVISION, answer.revision());
			writer.writeBoolean(Fields.REMOVED, answer.removed());
			Bson.date(writer, "at", answer.at());
			writer.writeEndDocument();
		}
	}

	private static void match(BsonWriter writer, Said.@Nullable Match match) {
		if (match != null) {
			writer.writeStartDocument(Fields.MATCH);
			writer.writeString("how", match.how().name());
			Bson.text(writer, ACCOUNT, (match.account() != null) ? match.account().value() : null);
			writer.writeEndDocument();
		}
	}

	@Override
	public StoredFacts decode(BsonReader reader, DecoderContext context) {
		Reading document = new Reading();
		Bson.fields(reader, (name) -> document.field(reader, name));
		return document.done();
	}

	/** The fields of a document while it is read. */
	private static final class Reading {

		private String id = "";

		private String organization = "";

		private String connection = "";

		private ObjectKind kind = ObjectKind.OTHER;

		private Facts.@Nullable Whole whole;

		private List<Container> in = List.of();

		private Stamp listed = Stamp.NONE;

		private List<Facts.Newer> newer = List.of();

		private Stamp membersListed = Stamp.NONE;

		private Said said = Said.NOTHING;

		private @Nullable Origin command;

		private StoredFacts.@Nullable Says says;

		private long revision;

		private void field(BsonReader reader, String name) {
			switch (name) {
				case Fields.ID -> this.id = reader.readString();
				case Fields.ORGANIZATION -> this.organization = reader.readString();
				case Fields.CONNECTION -> this.connection = reader.readString();
				case Fields.KIND -> this.kind = ObjectKind.valueOf(reader.readString());
				case Fields.WHOLE -> this.whole = whole(reader);
				case Fields.IN -> this.in = Bson.list(reader, (item) -> Container.parse(item.readString()));
				case Fields.LISTED -> this.listed = Bson.stamp(reader);
				case Fields.NEWER -> this.newer = Bson.list(reader, Reading::newer);
				case Fields.MEMBERS_LISTED -> this.membersListed = Bson.stamp(reader);
				case Fields.IGNORED -> this.said = this.said.ignored(reader.readBoolean());
				case Fields.ANSWER -> this.said = this.said.answer(answer(reader));
				case Fields.MATCH -> this.said = this.said.match(match(reader));
				case Fields.COMMAND -> this.command = Bson.origin(reader);
				case Fields.SAYS -> this.says = says(reader);
				case Fields.REVISION -> this.revision = reader.readInt64();
				default -> reader.skipValue();
			}
		}

		private StoredFacts done() {
			ObjectKey key = new ObjectKey(new ConnectionId(this.connection),
					new ObjectId(this.id.substring(this.connection.length() + 1)));
			return new StoredFacts(new Facts(new OrganizationId(this.organization), key, this.kind, this.whole, this.in,
					this.listed, this.newer, this.membersListed, this.said, this.revision), this.command, this.says);
		}

		private static Facts.Whole whole(BsonReader reader) {
			Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
			Stamp[] stamp = { Stamp.NONE };
			Departure[] departure = new Departure[1];
			Bson.fields(reader, (name) -> {
				switch (name) {
					case Fields.STAMP -> stamp[0] = Bson.stamp(reader);
					case Fields.ATTRIBUTES -> Bson.map(reader, attributes::put);
					case Fields.DEPARTURE -> departure[0] = Departure.valueOf(reader.readString());
					default -> reader.skipValue();
				}
			});
			return new Facts.Whole(stamp[0], new Attributes(attributes), departure[0]);
		}

		private static Facts.Newer newer(BsonReader reader) {
			String[] code = new String[1];
			Stamp[] stamp = { Stamp.NONE };
			Instant[] removed = new Instant[1];
			Bson.fields(reader, (name) -> {
				switch (name) {
					case Fields.IN -> code[0] = reader.readString();
					case Fields.STAMP -> stamp[0] = Bson.stamp(reader);
					case Fields.REMOVED -> removed[0] = Bson.date(reader);
					default -> reader.skipValue();
				}
			});
			return Facts.Newer.of(code[0], stamp[0], removed[0]);
		}

		private static Said.Answer answer(BsonReader reader) {
			String[] account = { "" };
			long[] revision = new long[1];
			boolean[] removed = new boolean[1];
			Instant[] at = { Instant.EPOCH };
			Bson.fields(reader, (name) -> {
				switch (name) {
					case ACCOUNT -> account[0] = reader.readString();
					case Fields.REVISION -> revision[0] = reader.readInt64();
					case Fields.REMOVED -> removed[0] = reader.readBoolean();
					case "at" -> at[0] = Bson.date(reader);
					default -> reader.skipValue();
				}
			});
			return new Said.Answer(new AccountId(account[0]), revision[0], removed[0], at[0]);
		}

		private static Said.Match match(BsonReader reader) {
			String[] texts = new String[2];
			Bson.fields(reader, (name) -> {
				switch (name) {
					case "how" -> texts[0] = reader.readString();
					case ACCOUNT -> texts[1] = reader.readString();
					default -> reader.skipValue();
				}
			});
			return new Said.Match(MatchSettled.How.valueOf(texts[0]),
					(texts[1] != null) ? new AccountId(texts[1]) : null);
		}

		private static StoredFacts.Says says(BsonReader reader) {
			Origin[] cause = new Origin[1];
			String[] texts = new String[3];
			boolean[] changed = new boolean[1];
			Bson.fields(reader, (name) -> {
				switch (name) {
					case "cause" -> cause[0] = Bson.origin(reader);
					case "run" -> texts[0] = reader.readString();
					case "changed" -> changed[0] = reader.readBoolean();
					case "wanted" -> texts[1] = reader.readString();
					case "source" -> texts[2] = reader.readString();
					default -> reader.skipValue();
				}
			});
			return new StoredFacts.Says(cause[0], (texts[0] != null) ? new RunId(texts[0]) : null, changed[0],
					(texts[1] != null) ? Hint.ObjectWanted.Why.valueOf(texts[1]) : null,
					(texts[2] != null) ? new SourceId(texts[2]) : null);
		}

	}

}
