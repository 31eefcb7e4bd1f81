package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.Origin;
import io.rollcall.reconciler.flow.apply.Pending;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.ObjectKey;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDocumentReader;
import org.bson.BsonReader;
import org.bson.BsonValue;
import org.bson.BsonWriter;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** Accounts as documents; their shape is in the package's description. */
final class AccountCodec implements Codec<StoredAccount> {

	static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();

	@Override
	public Class<StoredAccount> getEncoderClass() {
		return StoredAccount.class;
	}

	@Override
	public void encode(BsonWriter writer, StoredAccount stored, EncoderContext context) {
		Account account = stored.account();
		writer.writeStartDocument();
		writer.writeString(Fields.ID, account.organization() + ":" + account.id());
		writer.writeString(Fields.ORGANIZATION, account.organization().value());
		writer.writeString(Fields.STATUS, account.status().name());
		writer.writeStartDocument(Fields.FIELDS);
		account.fields().forEach(writer::writeString);
		writer.writeEndDocument();
		Bson.text(writer, Fields.EMAIL_KEY, account.emailKey());
		Bson.array(writer, Fields.KEYS, account.keys(), writer::writeString);
		ObjectKey object = account.object();
		if (object != null) {
			writer.writeString(Fields.CONNECTION, object.connection().value());
			writer.writeString(Fields.OBJECT, object.object().value());
			if (!DerivedIds.account(account.organization(), object).equals(account.id())) {
				writer.writeString(Fields.LINK_KEY, object.toString());
			}
			if (account.manager() != null) {
				writer.writeString(Fields.MANAGER, new ObjectKey(object.connection(), account.manager()).toString());
			}
		}
		Bson.array(writer, Fields.MEMBERSHIPS, account.memberships(), (member) -> {
			writer.writeStartDocument();
			writer.writeString("team", member.team().value());
			writer.writeString("name", member.name());
			writer.writeString("role", member.role());
			if (member.byHand()) {
				writer.writeBoolean("byHand", true);
			}
			writer.writeEndDocument();
		});
		if (!account.staged().equals(Account.Staged.NOTHING)) {
			staged(writer, account.staged());
		}
		Bson.reason(writer, Fields.HELD, account.held());
		Bson.text(writer, Fields.WANTS, account.wants());
		writer.writeInt32(Fields.RULES, account.rulesVersion());
		writer.writeInt64(Fields.VERSION, account.version());
		writer.writeInt64(Fields.REVISION, account.revision());
		Bson.origin(writer, Fields.COMMAND, stored.command());
		Bson.date(writer, Fields.WRITTEN_AT, stored.writtenAt());
		pending(writer, stored.pending());
		writer.writeEndDocument();
	}

	private static void staged(BsonWriter writer, Account.Staged staged) {
		writer.writeStartDocument(Fields.STAGED);
		Account.Leaving leaving = staged.leaving();
		if (leaving != null) {
			writer.writeStartDocument("leaving");
			Bson.reason(writer, "reason", leaving.reason());
			writer.writeInt64(Fields.REVISION, leaving.revision());
			writer.writeString("state", leaving.state().name());
			Bson.date(writer, "at", leaving.at());
			writer.writeEndDocument();
		}
		Bson.array(writer, "removals", staged.removals(), (removal) -> {
			writer.writeStartDocument();
			writer.writeString("team", removal.team().value());
			writer.writeInt64(Fields.REVISION, removal.revision());
			writer.writeEndDocument();
		});
		Account.Address address = staged.address();
		if (address != null) {
			writer.writeStartDocument("address");
			writer.writeString("email", address.email());
			writer.writeString("key", address.key());
			writer.writeInt64(Fields.REVISION, address.revision());
			if (address.released()) {
				writer.writeBoolean("released", true);
			}
			writer.writeEndDocument();
		}
		writer.writeEndDocument();
	}

	static void pending(BsonWriter writer, @Nullable Pending pending) {
		if (pending != null) {
			writer.writeStartDocument(Fields.PENDING);
			Bson.origin(writer, "cause", pending.cause());
			Bson.text(writer, "run", (pending.run() != null) ? pending.run().value() : null);
			Bson.date(writer, "at", pending.at());
			if (pending.change() != null) {
				writer.writeBinaryData("change", new BsonBinary(pending.change()));
			}
			Bson.array(writer, "emails", pending.emails(), writer::writeString);
			Bson.array(writer, "managers", pending.managers(), (manager) -> writer.writeString(manager.value()));
			writer.writeEndDocument();
		}
	}

	@Override
	public StoredAccount decode(BsonReader reader, DecoderContext context) {
		Reading document = new Reading();
		Bson.fields(reader, (name) -> document.field(reader, name));
		return document.done();
	}

	static Pending pending(BsonReader reader) {
		Origin[] cause = new Origin[1];
		RunId[] run = new RunId[1];
		Instant[] at = { Instant.EPOCH };
		byte[][] change = new byte[1][];
		List<String> emails = new ArrayList<>();
		List<ObjectId> managers = new ArrayList<>();
		Bson.fields(reader, (name) -> {
			switch (name) {
				case "cause" -> cause[0] = Bson.origin(reader);
				case "run" -> run[0] = new RunId(reader.readString());
				case "at" -> at[0] = Bson.date(reader);
				case "change" -> change[0] = reader.readBinaryData().getData();
				case "emails" -> emails.addAll(Bson.list(reader, BsonReader::readString));
				case "managers" -> managers.addAll(Bson.list(reader, (item) -> new ObjectId(item.readString())));
				default -> reader.skipValue();
			}
		});
		return new Pending(cause[0], run[0], at[0], change[0], emails, managers);
	}

	/** The fields of a document while it is read. */
	private static final class Reading {

		private String id = "";

		private String organization = "";

		private State.Status status = State.Status.ACTIVE;

		private Map<String, String> fields = Map.of();

		private @Nullable String emailKey;

		private List<String> keys = List.of();

		private @Nullable String connection;

		private @Nullable String object;

		private List<Account.Member> memberships = List.of();

		private @Nullable String manager;

		private Account.Staged staged = Account.Staged.NOTHING;

		private @Nullable Reason held;

		private @Nullable String wants;

		private int rules;

		private long version;

		private long revision;

		private Instant writtenAt = Instant.EPOCH;

		private @Nullable Origin command;

		private @Nullable Pending pending;

		private void field(BsonReader reader, String name) {
			switch (name) {
				case Fields.ID -> this.id = reader.readString();
				case Fields.ORGANIZATION -> this.organization = reader.readString();
				case Fields.STATUS -> this.status = State.Status.valueOf(reader.readString());
				case Fields.FIELDS -> this.fields = Bson.texts(reader);
				case Fields.EMAIL_KEY -> this.emailKey = reader.readString();
				case Fields.KEYS -> this.keys = Bson.list(reader, BsonReader::readString);
				case Fields.CONNECTION -> this.connection = reader.readString();
				case Fields.OBJECT -> this.object = reader.readString();
				case Fields.MEMBERSHIPS -> this.memberships = Bson.list(reader, Reading::member);
				case Fields.MANAGER -> this.manager = reader.readString();
				case Fields.STAGED -> this.staged = staged(reader);
				case Fields.HELD -> this.held = Bson.reason(reader);
				case Fields.WANTS -> this.wants = reader.readString();
				case Fields.RULES -> this.rules = reader.readInt32();
				case Fields.VERSION -> this.version = reader.readInt64();
				case Fields.REVISION -> this.revision = reader.readInt64();
				case Fields.COMMAND -> this.command = Bson.origin(reader);
				case Fields.WRITTEN_AT -> this.writtenAt = Bson.date(reader);
				case Fields.PENDING -> this.pending = pending(reader);
				default -> reader.skipValue();
			}
		}

		private StoredAccount done() {
			ObjectKey key = (this.connection != null && this.object != null)
					? new ObjectKey(new ConnectionId(this.connection), new ObjectId(this.object)) : null;
			ObjectId reportsTo = (this.manager != null && this.connection != null)
					? new ObjectId(this.manager.substring(this.connection.length() + 1)) : null;
			AccountId account = new AccountId(this.id.substring(this.organization.length() + 1));
			return new StoredAccount(new Account(new OrganizationId(this.organization), account, this.status,
					this.fields, this.emailKey, this.keys, key, this.memberships, reportsTo, this.staged, this.held,
					this.wants, this.rules, this.version, this.revision), this.command, this.pending, this.writtenAt);
		}

		private static Account.Member member(BsonReader reader) {
			String[] texts = { "", "", Account.Member.MEMBER };
			boolean[] byHand = new boolean[1];
			Bson.fields(reader, (name) -> {
				switch (name) {
					case "team" -> texts[0] = reader.readString();
					case "name" -> texts[1] = reader.readString();
					case "role" -> texts[2] = reader.readString();
					case "byHand" -> byHand[0] = reader.readBoolean();
					default -> reader.skipValue();
				}
			});
			return new Account.Member(new TeamId(texts[0]), texts[1], texts[2], byHand[0]);
		}

		/** By way of a document, as few have it. */
		private static Account.Staged staged(BsonReader reader) {
			BsonDocument staged = DOCUMENTS.decode(reader, DecoderContext.builder().build());
			BsonDocument leaving = staged.getDocument("leaving", null);
			BsonDocument address = staged.getDocument("address", null);
			return new Account.Staged((leaving != null) ? leaving(leaving) : null,
					staged.getArray("removals", new BsonArray())
						.stream()
						.map(BsonValue::asDocument)
						.map((removal) -> new Account.Removal(new TeamId(removal.getString("team").getValue()),
								revision(removal)))
						.toList(),
					(address != null) ? new Account.Address(address.getString("email").getValue(),
							address.getString("key").getValue(), revision(address), address.containsKey("released"))
							: null);
		}

	}

	private static Account.Leaving leaving(BsonDocument staged) {
		BsonDateTime at = staged.getDateTime("at", null);
		return new Account.Leaving(reason(staged), revision(staged),
				Account.Leaving.State.valueOf(staged.getString("state").getValue()),
				(at != null) ? Instant.ofEpochMilli(at.getValue()) : null);
	}

	/** Why something is staged. */
	static Reason reason(BsonDocument staged) {
		return Bson.reason(new BsonDocumentReader(staged.getDocument("reason")));
	}

	/** Of the document that something was staged by. */
	static long revision(BsonDocument staged) {
		return staged.getInt64(Fields.REVISION).getValue();
	}

}
