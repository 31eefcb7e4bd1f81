package io.rollcall.reconciler.mongo;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Team;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonReader;
import org.bson.BsonString;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;

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

	/** By way of a document, as teams are few. */
	@Override
	public StoredTeam decode(BsonReader reader, DecoderContext context) {
		BsonDocument read = AccountCodec.DOCUMENTS.decode(reader, context);
		OrganizationId organization = new OrganizationId(read.getString(Fields.ORGANIZATION).getValue());
		String id = read.getString(Fields.ID).getValue().substring(organization.value().length() + 1);
		BsonString connection = read.getString(Fields.CONNECTION, null);
		BsonString nameKey = read.getString(Fields.NAME_KEY, null);
		BsonString source = read.getString(Fields.SOURCE, null);
		BsonDocument staged = read.getDocument(Fields.STAGED, null);
		BsonDocument pending = read.getDocument(Fields.PENDING, null);
		Team team = new Team(organization, new TeamId(id), read.getString(Fields.NAME).getValue(),
				(nameKey != null) ? nameKey.getValue() : null,
				State.Status.valueOf(read.getString(Fields.STATUS).getValue()),
				(connection != null) ? new ConnectionId(connection.getValue()) : null,
				(source != null) ? Container.parse(source.getValue()) : null,
				(staged != null) ? new Team.Archival(AccountCodec.reason(staged), AccountCodec.revision(staged)) : null,
				read.getInt32(Fields.RULES).getValue(), read.getInt64(Fields.VERSION).getValue(),
				AccountCodec.revision(read));
		BsonDocument command = read.getDocument(Fields.COMMAND, null);
		return new StoredTeam(team, (command != null) ? Bson.origin(new BsonDocumentReader(command)) : null,
				(pending != null) ? AccountCodec.pending(new BsonDocumentReader(pending)) : null,
				Instant.ofEpochMilli(read.getDateTime(Fields.WRITTEN_AT).getValue()));
	}

}
