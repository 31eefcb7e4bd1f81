package io.rollcall.connector.mongo;

import java.time.Instant;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.rules.NightlySchedule;
import io.rollcall.connector.rules.Selection;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** How a connection is written; its secrets only ever encrypted. */
final class ConnectionDocuments {

	private final SecretBox box;

	ConnectionDocuments(SecretBox box) {
		this.box = box;
	}

	Document write(Connection connection) {
		String id = connection.id().value();
		Secret secret = connection.clientSecret();
		return new Document("_id", id).append("organization", connection.organization().value())
			.append("name", connection.name())
			.append("tenant", connection.tenant())
			.append("clientId", connection.clientId())
			.append("clientSecret", (secret != null) ? this.box.close(secret, id) : null)
			.append("schedule", schedule(connection.schedule()))
			.append("status", connection.status().name())
			.append("statusAt", Times.write(connection.statusAt()))
			.append("problem", Problems.write(connection.problem()))
			.append("selection", selection(connection.selection()))
			.append("webhookSecret", this.box.close(connection.webhookSecret(), id))
			.append("createdAt", Times.write(connection.createdAt()))
			.append("updatedAt", Times.write(connection.updatedAt()));
	}

	Connection read(Document document) {
		String id = document.getString("_id");
		Binary secret = document.get("clientSecret", Binary.class);
		return new Connection(new ConnectionId(id), new OrganizationId(document.getString("organization")),
				document.getString("name"), document.getString("tenant"), document.getString("clientId"),
				(secret != null) ? this.box.open(secret, id) : null, schedule(document.get("schedule", Document.class)),
				Connection.Status.valueOf(document.getString("status")), statusAt(document),
				Problems.read(document.get("problem", Document.class)),
				selection(document.get("selection", Document.class)),
				this.box.open(document.get("webhookSecret", Binary.class), id), Times.required(document, "createdAt"),
				Times.required(document, "updatedAt"));
	}

	/** Older documents do not have it. */
	private static Instant statusAt(Document document) {
		Instant statusAt = Times.read(document, "statusAt");
		return (statusAt != null) ? statusAt : Times.required(document, "updatedAt");
	}

	private static @Nullable Document schedule(@Nullable NightlySchedule schedule) {
		return (schedule != null) ? new Document("cron", schedule.cron()).append("zone", schedule.zone()) : null;
	}

	private static @Nullable NightlySchedule schedule(@Nullable Document document) {
		return (document != null) ? new NightlySchedule(document.getString("cron"), document.getString("zone")) : null;
	}

	private static Document selection(Selection selection) {
		return new Document("version", selection.version()).append("users", selection.users())
			.append("groups", selection.groups())
			.append("units", selection.units());
	}

	private static Selection selection(Document document) {
		return new Selection(document.getInteger("version"), document.getList("users", String.class),
				document.getList("groups", String.class), document.getList("units", String.class));
	}

}
