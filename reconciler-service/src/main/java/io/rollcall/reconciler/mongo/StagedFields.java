package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.LeaverReason;
import io.rollcall.reconciler.rules.Staged;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.jspecify.annotations.Nullable;

/** What waits for the guard, in the documents of accounts and teams. */
final class StagedFields {

	private StagedFields() {
	}

	static void write(BsonWriter writer, Staged staged) {
		if (staged.equals(Staged.NOTHING)) {
			return;
		}
		Fields.document(writer, "staged", () -> {
			Staged.Leaver leaver = staged.leaver();
			if (leaver != null) {
				Fields.document(writer, "leaver", () -> {
					writer.writeString("reason", leaver.reason().name());
					item(writer, leaver.run(), leaver.stagedAt(), leaver.version());
				});
			}
			Fields.documents(writer, "removals", staged.removals(), (removal) -> {
				writer.writeString("team", removal.team().value());
				item(writer, removal.run(), removal.stagedAt(), removal.version());
			});
		});
	}

	static void write(BsonWriter writer, Staged.@Nullable Archival staged) {
		if (staged != null) {
			Fields.document(writer, "staged", () -> item(writer, staged.run(), staged.stagedAt(), staged.version()));
		}
	}

	static Staged account(BsonReader reader) {
		Both both = new Both();
		Fields.fields(reader, (name) -> {
			switch (name) {
				case "leaver" -> both.leaver = new Item(reader).leaver();
				case "removals" -> both.removals = Fields.list(reader, (item) -> new Item(item).removal());
				default -> reader.skipValue();
			}
		});
		return new Staged(both.leaver, both.removals);
	}

	static Staged.Archival team(BsonReader reader) {
		return new Item(reader).archival();
	}

	private static void item(BsonWriter writer, @Nullable RunId run, Instant at, long version) {
		Fields.optional(writer, "run", (run != null) ? run.value() : null);
		Fields.instant(writer, "at", at);
		writer.writeInt64("version", version);
	}

	/** What is staged on an account while it is read. */
	private static final class Both {

		private Staged.@Nullable Leaver leaver;

		private List<Staged.Removal> removals = List.of();

	}

	/** One staged thing while it is read. */
	private static final class Item {

		private String reason = "";

		private String team = "";

		private @Nullable RunId run;

		private Instant at = Instant.EPOCH;

		private long version;

		private Item(BsonReader reader) {
			Fields.fields(reader, (name) -> {
				switch (name) {
					case "reason" -> this.reason = reader.readString();
					case "team" -> this.team = reader.readString();
					case "run" -> this.run = new RunId(reader.readString());
					case "at" -> this.at = Fields.instant(reader);
					case "version" -> this.version = reader.readInt64();
					default -> reader.skipValue();
				}
			});
		}

		private Staged.Leaver leaver() {
			return new Staged.Leaver(LeaverReason.valueOf(this.reason), this.run, this.at, this.version);
		}

		private Staged.Removal removal() {
			return new Staged.Removal(new TeamId(this.team), this.run, this.at, this.version);
		}

		private Staged.Archival archival() {
			return new Staged.Archival(this.run, this.at, this.version);
		}

	}

}
