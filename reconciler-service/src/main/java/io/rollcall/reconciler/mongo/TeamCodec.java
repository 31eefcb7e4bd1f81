package io.rollcall.reconciler.mongo;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Staged;
import io.rollcall.reconciler.rules.Team;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** Teams as documents; their shape is in the package's description. */
final class TeamCodec implements Codec<TeamDocument> {

	@Override
	public Class<TeamDocument> getEncoderClass() {
		return TeamDocument.class;
	}

	@Override
	public void encode(BsonWriter writer, TeamDocument document, EncoderContext context) {
		Team team = document.team();
		writer.writeStartDocument();
		writer.writeString("_id", document.id());
		writer.writeString("organization", team.organization().value());
		writer.writeString("team", team.id().value());
		writer.writeString("name", team.name());
		writer.writeString("status", team.status().name());
		writer.writeBoolean("live", team.live());
		writer.writeInt32("turns", team.turns());
		writer.writeInt64("version", team.version());
		ObjectKey group = team.group();
		if (group != null) {
			Fields.document(writer, "group", () -> {
				writer.writeString("connection", group.connection().value());
				writer.writeString("object", group.object().value());
			});
		}
		StagedFields.write(writer, team.staged());
		PendingFields.write(writer, document.pending());
		Fields.instant(writer, "updatedAt", document.updatedAt());
		writer.writeEndDocument();
	}

	@Override
	public TeamDocument decode(BsonReader reader, DecoderContext context) {
		Reading reading = new Reading();
		PendingFields pending = new PendingFields();
		Fields.fields(reader, (name) -> {
			if ("pending".equals(name)) {
				pending.read(reader);
			}
			else {
				reading.field(reader, name);
			}
		});
		Team team = reading.team();
		return new TeamDocument(team, pending.ofTeam(team.organization(), team.id()), reading.updatedAt);
	}

	/** The fields of a document while it is read. */
	private static final class Reading {

		private String organization = "";

		private String id = "";

		private String name = "";

		private Status status = Status.ACTIVE;

		private boolean live;

		private int turns;

		private String connection = "";

		private String object = "";

		private Staged.@Nullable Archival staged;

		private long version;

		private Instant updatedAt = Instant.EPOCH;

		private void field(BsonReader reader, String field) {
			switch (field) {
				case "organization" -> this.organization = reader.readString();
				case "team" -> this.id = reader.readString();
				case "name" -> this.name = reader.readString();
				case "status" -> this.status = Status.valueOf(reader.readString());
				case "live" -> this.live = reader.readBoolean();
				case "turns" -> this.turns = reader.readInt32();
				case "version" -> this.version = reader.readInt64();
				case "group" -> Fields.fields(reader, (part) -> group(reader, part));
				case "staged" -> this.staged = StagedFields.team(reader);
				case "updatedAt" -> this.updatedAt = Fields.instant(reader);
				default -> reader.skipValue();
			}
		}

		private void group(BsonReader reader, String part) {
			switch (part) {
				case "connection" -> this.connection = reader.readString();
				case "object" -> this.object = reader.readString();
				default -> reader.skipValue();
			}
		}

		private Team team() {
			ObjectKey group = this.object.isEmpty() ? null
					: new ObjectKey(new ConnectionId(this.connection), new ObjectId(this.object));
			return new Team(new OrganizationId(this.organization), new TeamId(this.id), this.name, this.status, group,
					this.live, this.turns, this.staged, this.version);
		}

	}

}
