package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.HeldReason;
import io.rollcall.model.change.LeaverReason;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.jspecify.annotations.Nullable;

/** What is a change's own in a stored pending change; the rest is {@link Shared}. */
final class ChangeFields {

	private String type = "";

	private String reason = "";

	private @Nullable String by;

	private String detail = "";

	private String team = "";

	private String teamName = "";

	private String role = "";

	private List<FieldChange> fields = List.of();

	ChangeFields(BsonReader reader) {
		Fields.fields(reader, (name) -> field(reader, name));
	}

	/** What all changes of one write have in common. */
	record Shared(String name, long version, int ordinal, Instant at, String connection, @Nullable String run,
			int rulesVersion) {

		private Cause cause(String reason, @Nullable String by) {
			return new Cause(new ConnectionId(this.connection), (this.run != null) ? new RunId(this.run) : null, reason,
					this.rulesVersion, by);
		}

	}

	static String name(Change change) {
		return switch (change) {
			case Change.OfAccount account -> account.name();
			case Change.OfTeam team -> team.name();
		};
	}

	static void write(BsonWriter writer, Change change) {
		writer.writeString("t", change.getClass().getSimpleName());
		writer.writeString("reason", change.cause().reason());
		Fields.optional(writer, "by", change.cause().by());
		switch (change) {
			case Change.AccountCreated created -> fields(writer, created.fields());
			case Change.AccountUpdated updated -> fields(writer, updated.fields());
			case Change.AccountLinked linked -> writer.writeString("detail", linked.matchedBy());
			case Change.AccountDeactivated gone -> writer.writeString("detail", gone.reason().name());
			case Change.AccountHeld held -> {
				writer.writeString("detail", held.detail());
				writer.writeString("role", held.reason().name());
			}
			case Change.AccountReleased released -> writer.writeString("role", released.reason().name());
			case Change.MemberAdded added -> {
				team(writer, added.team(), added.teamName());
				writer.writeString("role", added.role());
			}
			case Change.MemberRemoved removed -> team(writer, removed.team(), removed.teamName());
			case Change.TeamRenamed renamed -> writer.writeString("detail", renamed.from());
			case Change.AccountReactivated _, Change.TeamCreated _, Change.TeamArchived _, Change.TeamRestored _ -> {
			}
		}
	}

	private static void team(BsonWriter writer, TeamId team, String name) {
		writer.writeString("team", team.value());
		writer.writeString("teamName", name);
	}

	private static void fields(BsonWriter writer, List<FieldChange> fields) {
		Fields.documents(writer, "fields", fields, (change) -> {
			writer.writeString("f", change.field());
			Fields.optional(writer, "from", change.from());
			Fields.optional(writer, "to", change.to());
		});
	}

	private void field(BsonReader reader, String name) {
		switch (name) {
			case "t" -> this.type = reader.readString();
			case "reason" -> this.reason = reader.readString();
			case "by" -> this.by = reader.readString();
			case "detail" -> this.detail = reader.readString();
			case "team" -> this.team = reader.readString();
			case "teamName" -> this.teamName = reader.readString();
			case "role" -> this.role = reader.readString();
			case "fields" -> this.fields = Fields.list(reader, ChangeFields::fieldChange);
			default -> reader.skipValue();
		}
	}

	private static FieldChange fieldChange(BsonReader reader) {
		@Nullable String[] parts = { "", null, null };
		Fields.fields(reader, (name) -> {
			int part = switch (name) {
				case "from" -> 1;
				case "to" -> 2;
				default -> 0;
			};
			parts[part] = reader.readString();
		});
		return new FieldChange(String.valueOf(parts[0]), parts[1], parts[2]);
	}

	Change ofAccount(OrganizationId org, AccountId account, Shared at) {
		Cause cause = at.cause(this.reason, this.by);
		return switch (this.type) {
			case "AccountCreated" ->
				new Change.AccountCreated(org, account, at.name, this.fields, at.version, at.ordinal, cause, at.at);
			case "AccountUpdated" ->
				new Change.AccountUpdated(org, account, at.name, this.fields, at.version, at.ordinal, cause, at.at);
			case "AccountLinked" ->
				new Change.AccountLinked(org, account, at.name, this.detail, at.version, at.ordinal, cause, at.at);
			case "AccountDeactivated" -> new Change.AccountDeactivated(org, account, at.name,
					LeaverReason.valueOf(this.detail), at.version, at.ordinal, cause, at.at);
			case "AccountReactivated" ->
				new Change.AccountReactivated(org, account, at.name, at.version, at.ordinal, cause, at.at);
			case "AccountHeld" -> new Change.AccountHeld(org, account, at.name, HeldReason.valueOf(this.role),
					this.detail, at.version, at.ordinal, cause, at.at);
			case "AccountReleased" -> new Change.AccountReleased(org, account, at.name, HeldReason.valueOf(this.role),
					at.version, at.ordinal, cause, at.at);
			case "MemberAdded" -> new Change.MemberAdded(org, account, at.name, new TeamId(this.team), this.teamName,
					this.role, at.version, at.ordinal, cause, at.at);
			case "MemberRemoved" -> new Change.MemberRemoved(org, account, at.name, new TeamId(this.team),
					this.teamName, at.version, at.ordinal, cause, at.at);
			default -> throw new IllegalStateException("no change of an account is a " + this.type);
		};
	}

	Change ofTeam(OrganizationId org, TeamId id, Shared at) {
		Cause cause = at.cause(this.reason, this.by);
		return switch (this.type) {
			case "TeamCreated" -> new Change.TeamCreated(org, id, at.name, at.version, at.ordinal, cause, at.at);
			case "TeamRenamed" ->
				new Change.TeamRenamed(org, id, at.name, this.detail, at.version, at.ordinal, cause, at.at);
			case "TeamArchived" -> new Change.TeamArchived(org, id, at.name, at.version, at.ordinal, cause, at.at);
			case "TeamRestored" -> new Change.TeamRestored(org, id, at.name, at.version, at.ordinal, cause, at.at);
			default -> throw new IllegalStateException("no change of a team is a " + this.type);
		};
	}

}
