package io.rollcall.reconciler.mongo;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.HeldReason;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountStatus;
import io.rollcall.reconciler.rules.Held;
import io.rollcall.reconciler.rules.Link;
import io.rollcall.reconciler.rules.MemberOf;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Staged;
import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/** Accounts as documents; their shape is in the package's description. */
final class AccountCodec implements Codec<AccountDocument> {

	@Override
	public Class<AccountDocument> getEncoderClass() {
		return AccountDocument.class;
	}

	@Override
	public void encode(BsonWriter writer, AccountDocument document, EncoderContext context) {
		Account account = document.account();
		writer.writeStartDocument();
		writer.writeString("_id", document.id());
		writer.writeString("organization", account.organization().value());
		writer.writeString("account", account.id().value());
		writer.writeString("status", account.status().name());
		writer.writeInt64("version", account.version());
		writer.writeInt32("rulesVersion", account.rulesVersion());
		Fields.document(writer, "fields", () -> account.fields().forEach(writer::writeString));
		Fields.optional(writer, "emailKey", account.emailKey());
		Link link = account.link();
		if (link != null) {
			// A link that ended has another name, so that the index on links has only
			// those that hold.
			Fields.document(writer, (link.status() == Link.Status.UNLINKED) ? "formerLink" : "link", () -> {
				writer.writeString("connection", link.object().connection().value());
				writer.writeString("object", link.object().object().value());
				writer.writeString("status", link.status().name());
			});
		}
		Fields.documents(writer, "memberships", account.memberships(), (membership) -> {
			writer.writeString("team", membership.team().value());
			writer.writeString("teamName", membership.teamName());
			writer.writeString("role", membership.role());
			writer.writeString("origin", membership.origin().name());
		});
		StagedFields.write(writer, account.staged());
		Held held = account.held();
		if (held != null) {
			Fields.document(writer, "held", () -> {
				writer.writeString("reason", held.reason().name());
				writer.writeString("detail", held.detail());
				Fields.optional(writer, "wants", held.wants());
			});
		}
		Fields.strings(writer, "commands", account.commands());
		PendingFields.write(writer, document.pending());
		Fields.instant(writer, "updatedAt", document.updatedAt());
		writer.writeEndDocument();
	}

	@Override
	public AccountDocument decode(BsonReader reader, DecoderContext context) {
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
		Account account = reading.account();
		return new AccountDocument(account, pending.ofAccount(account.organization(), account.id()), reading.updatedAt);
	}

	private static MemberOf membership(BsonReader reader) {
		Map<String, String> fields = texts(reader);
		return new MemberOf(new TeamId(fields.getOrDefault("team", "")), fields.getOrDefault("teamName", ""),
				fields.getOrDefault("role", MemberOf.MEMBER),
				MemberOf.Origin.valueOf(fields.getOrDefault("origin", "SYNC")));
	}

	private static Link link(BsonReader reader) {
		Map<String, String> fields = texts(reader);
		return new Link(
				new ObjectKey(new ConnectionId(fields.getOrDefault("connection", "")),
						new ObjectId(fields.getOrDefault("object", ""))),
				Link.Status.valueOf(fields.getOrDefault("status", "")));
	}

	private static Held held(BsonReader reader) {
		Map<String, String> fields = texts(reader);
		return new Held(HeldReason.valueOf(fields.getOrDefault("reason", "")), fields.getOrDefault("detail", ""),
				fields.get("wants"));
	}

	private static Map<String, String> texts(BsonReader reader) {
		Map<String, String> texts = new LinkedHashMap<>();
		Fields.fields(reader, (name) -> texts.put(name, reader.readString()));
		return texts;
	}

	/** The fields of a document while it is read. */
	private static final class Reading {

		private String organization = "";

		private String id = "";

		private AccountStatus status = AccountStatus.ACTIVE;

		private Map<String, String> fields = Map.of();

		private @Nullable String emailKey;

		private @Nullable Link link;

		private List<MemberOf> memberships = List.of();

		private Staged staged = Staged.NOTHING;

		private @Nullable Held held;

		private List<String> commands = List.of();

		private int rulesVersion;

		private long version;

		private Instant updatedAt = Instant.EPOCH;

		private void field(BsonReader reader, String name) {
			switch (name) {
				case "organization" -> this.organization = reader.readString();
				case "account" -> this.id = reader.readString();
				case "status" -> this.status = AccountStatus.valueOf(reader.readString());
				case "version" -> this.version = reader.readInt64();
				case "rulesVersion" -> this.rulesVersion = reader.readInt32();
				case "fields" -> this.fields = texts(reader);
				case "emailKey" -> this.emailKey = reader.readString();
				case "link", "formerLink" -> this.link = link(reader);
				case "memberships" -> this.memberships = Fields.list(reader, AccountCodec::membership);
				case "staged" -> this.staged = StagedFields.account(reader);
				case "held" -> this.held = held(reader);
				case "commands" -> this.commands = Fields.list(reader, BsonReader::readString);
				case "updatedAt" -> this.updatedAt = Fields.instant(reader);
				default -> reader.skipValue();
			}
		}

		private Account account() {
			return new Account(new OrganizationId(this.organization), new AccountId(this.id), this.status, this.fields,
					this.emailKey, this.link, this.memberships, this.staged, this.held, this.commands,
					this.rulesVersion, this.version);
		}

	}

}
