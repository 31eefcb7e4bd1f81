package io.rollcall.reconciler.mongo;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.Origin;
import io.rollcall.reconciler.flow.apply.Pending;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Team;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** Teams as documents; their shape is in the package's description. */
final class TeamCodec implements Codec<StoredTeam> {

	@Override
	public Class<StoredTeam> getEncoderClass() {
		return StoredTeam.class;
	}

	@Override
	public void encode(BsonWriter writer, StoredTeam stored, EncoderContext context) {
		Team team = stored.team();
		writer.writeStartDocument();
		writer.writeString(Fields.ID, team.organization() + ":" + team.id());
		writer.writeString(Fields.ORGANIZATION, team.organization().value());
		writer.writeString(Fields.NAME, team.name());
		Bson.text(writer, Fields.NAME_KEY, team.nameKey());
		writer.writeString(Fields.STATUS, team.status().name());
		Bson.text(writer, Fields.CONNECTION, (team.connection() != null) ? team.connection().value() : null);
		Bson.text(writer, Fields.SOURCE, (team.source() != null) ? team.source().code() : null);
		Team.Archival staged = team.staged();
		if (staged != null) {
			writer.writeStartDocument(Fields.STAGED);
			Bson.reason(writer, "reason", staged.reason());
			writer.writeInt64(Fields.REVISION, staged.revision());
			writer.writeEndDocument();
		}
		writer.writeInt32(Fields.RULES, team.rulesVersion());
		writer.writeInt64(Fields.VERSION, team.version());
		writer.writeInt64(Fields.REVISION, team.revision());
		Bson.origin(writer, Fields.COMMAND, stored.command());
		Bson.date(writer, Fields.WRITTEN_AT, stored.writtenAt());
		AccountCodec.pending(writer, stored.pending());
		writer.writeEndDocument();
	}

	@Override
	public StoredTeam decode(BsonReader reader, DecoderContext context) {
		Reading document = new Reading();
		Bson.fields(reader, (name) -> document.field(reader, name));
		return document.done();
	}

	/** The fields of a document while it is read. */
	private static final class Reading {

		private String id = "";

		private String organization = "";

		private String name = "";

		private @Nullable String nameKey;

		private State.Status status = State.Status.ACTIVE;

		private @Nullable ConnectionId connection;

		private @Nullable Container source;

		private Team.@Nullable Archival staged;

		private int rules;

		private long version;

		private long revision;

		private Instant writtenAt = Instant.EPOCH;

		private @Nullable Origin command;

		private @Nullable Pending pending;

		private void field(BsonReader reader, String field) {
			switch (field) {
				case Fields.ID -> this.id = reader.readString();
				case Fields.ORGANIZATION -> this.organization = reader.readString();
				case Fields.NAME -> this.name = reader.readString();
				case Fields.NAME_KEY -> this.nameKey = reader.readString();
				case Fields.STATUS -> this.status = State.Status.valueOf(reader.readString());
				case Fields.CONNECTION -> this.connection = new ConnectionId(reader.readString());
				case Fields.SOURCE -> this.source = Container.parse(reader.readString());
				case Fields.STAGED -> this.staged = new AccountCodec.Entry(reader).archival();
				case Fields.RULES -> this.rules = reader.readInt32();
				case Fields.VERSION -> this.version = reader.readInt64();
				case Fields.REVISION -> this.revision = reader.readInt64();
				case Fields.COMMAND -> this.command = Bson.origin(reader);
				case Fields.WRITTEN_AT -> this.writtenAt = Bson.date(reader);
				case Fields.PENDING -> this.pending = AccountCodec.pending(reader);
				default -> reader.skipValue();
			}
		}

		private StoredTeam done() {
			Team team = new Team(new OrganizationId(this.organization),
					new TeamId(this.id.substring(this.organization.length() + 1)), this.name, this.nameKey,
					this.status, this.connection, this.source, this.staged, this.rules, this.version, this.revision);
			return new StoredTeam(team, this.command, this.pending, this.writtenAt);
		}

	}

}
