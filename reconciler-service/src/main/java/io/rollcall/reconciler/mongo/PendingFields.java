package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.reconciler.flow.Pending;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Pending changes in the document of their account or team, one item a write: {@code {p,
 * o, bulk, moved, version, at, name, connection, run?, rules, changes: [{t, reason, by?,
 * …}]}}. What the changes of a write have in common is stored once, as a first sync
 * writes six changes into an account and never looks at them again.
 */
final class PendingFields {

	private final List<Item> items = new ArrayList<>();

	static void write(BsonWriter writer, List<Pending> pending) {
		writer.writeStartArray("pending");
		int from = 0;
		while (from < pending.size()) {
			int to = from + 1;
			while (to < pending.size() && together(pending.get(from), pending.get(to))) {
				to++;
			}
			write(writer, pending.get(from), pending.subList(from, to));
			from = to;
		}
		writer.writeEndArray();
	}

	private static void write(BsonWriter writer, Pending first, List<Pending> changes) {
		Change change = first.change();
		writer.writeStartDocument();
		writer.writeInt32("p", first.partition());
		writer.writeInt64("o", first.offset());
		writer.writeBoolean("bulk", first.bulk());
		writer.writeBoolean("moved", first.moved());
		writer.writeInt64("version", change.version());
		Fields.instant(writer, "at", change.at());
		writer.writeString("name", ChangeFields.name(change));
		writer.writeString("connection", change.cause().connection().value());
		Fields.optional(writer, "run", (change.cause().run() != null) ? change.cause().run().value() : null);
		writer.writeInt32("rules", change.cause().rulesVersion());
		Fields.documents(writer, "changes", changes, (item) -> ChangeFields.write(writer, item.change()));
		writer.writeEndDocument();
	}

	/**
	 * Changes of one write came from one cause; they differ in reason and person only.
	 */
	private static boolean together(Pending one, Pending other) {
		return one.partition() == other.partition() && one.offset() == other.offset() && one.bulk() == other.bulk()
				&& one.moved() == other.moved() && one.change().version() == other.change().version();
	}

	void read(BsonReader reader) {
		this.items.addAll(Fields.list(reader, Item::new));
	}

	List<Pending> ofAccount(OrganizationId organization, AccountId account) {
		return all((item, fields, ordinal) -> fields.ofAccount(organization, account, item.shared(ordinal)));
	}

	List<Pending> ofTeam(OrganizationId organization, TeamId team) {
		return all((item, fields, ordinal) -> fields.ofTeam(organization, team, item.shared(ordinal)));
	}

	private List<Pending> all(Making making) {
		List<Pending> pending = new ArrayList<>();
		for (Item item : this.items) {
			int ordinal = 0;
			for (ChangeFields fields : item.changes) {
				pending.add(new Pending(item.partition, item.offset, item.bulk, item.moved,
						making.change(item, fields, ordinal++)));
			}
		}
		return pending;
	}

	private interface Making {

		Change change(Item item, ChangeFields fields, int ordinal);

	}

	/** The changes of one write while they are read. */
	private static final class Item {

		private int partition;

		private long offset;

		private boolean bulk;

		private boolean moved;

		private long version;

		private Instant at = Instant.EPOCH;

		private String name = "";

		private String connection = "";

		private @Nullable String run;

		private int rules;

		private List<ChangeFields> changes = List.of();

		private Item(BsonReader reader) {
			Fields.fields(reader, (name) -> field(reader, name));
		}

		private void field(BsonReader reader, String field) {
			switch (field) {
				case "p" -> this.partition = reader.readInt32();
				case "o" -> this.offset = reader.readInt64();
				case "bulk" -> this.bulk = reader.readBoolean();
				case "moved" -> this.moved = reader.readBoolean();
				case "version" -> this.version = reader.readInt64();
				case "at" -> this.at = Fields.instant(reader);
				case "name" -> this.name = reader.readString();
				case "connection" -> this.connection = reader.readString();
				case "run" -> this.run = reader.readString();
				case "rules" -> this.rules = reader.readInt32();
				case "changes" -> this.changes = Fields.list(reader, ChangeFields::new);
				default -> reader.skipValue();
			}
		}

		private ChangeFields.Shared shared(int ordinal) {
			return new ChangeFields.Shared(this.name, this.version, ordinal, this.at, this.connection, this.run,
					this.rules);
		}

	}

}
