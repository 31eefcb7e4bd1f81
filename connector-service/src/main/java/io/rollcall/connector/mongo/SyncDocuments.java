package io.rollcall.connector.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Updates;
import io.rollcall.connector.rules.Chain;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** How a sync state is written: the owner's fields apart from what hints add. */
final class SyncDocuments {

	private SyncDocuments() {
	}

	/** The owner's fields, and none that hints add to. */
	static List<Bson> owned(SyncState state) {
		List<Bson> updates = new ArrayList<>();
		state.chains().forEach((resource, chain) -> {
			String field = "chains." + resource.name() + ".";
			updates.add(Updates.set(field + "deltaLink", chain.deltaLink()));
			updates.add(Updates.set(field + "selection", chain.selection()));
			updates.add(Updates.set(field + "served", chain.served()));
			updates.add(Updates.set(field + "askedAt", Times.write(chain.askedAt())));
		});
		updates.add(Updates.set("delta", RunDocuments.write(state.delta())));
		updates.add(Updates.set("full", RunDocuments.write(state.full())));
		updates.add(Updates.set("scheduledAt", Times.write(state.scheduledAt())));
		updates.add(Updates.set("fullAt", Times.write(state.fullAt())));
		updates.add(Updates.set("readAt", Times.write(state.readAt())));
		updates.add(Updates.set("stale", state.stale()));
		return updates;
	}

	static Bson requested(SyncState.@Nullable Requested requested) {
		return (requested == null) ? Updates.unset("requested") : Updates.set("requested", document(requested));
	}

	static Document document(SyncState.Requested requested) {
		return new Document("mode", requested.mode().name()).append("trigger", requested.trigger().name())
			.append("by", requested.by());
	}

	static Document person(SyncState.Person person) {
		return new Document("object", person.object().value()).append("by", person.by())
			.append("due", Times.write(person.due()));
	}

	static Document subscribed(SyncState.Subscribed subscribed) {
		return new Document("id", subscribed.id()).append("expiresAt", Times.write(subscribed.expiresAt()))
			.append("renewedAt", Times.write(subscribed.renewedAt()))
			.append("checkedAt", Times.write(subscribed.checkedAt()));
	}

	static SyncState read(Document document) {
		Map<Resource, Chain> chains = new EnumMap<>(Resource.class);
		Document written = document.get("chains", new Document());
		for (Resource resource : Resource.ALL) {
			Document chain = written.get(resource.name(), Document.class);
			if (chain != null) {
				chains.put(resource, chain(chain));
			}
		}
		List<SyncState.Person> people = document.getList("people", Document.class, List.of())
			.stream()
			.map((person) -> new SyncState.Person(new ObjectId(person.getString("object")), person.getString("by"),
					Times.required(person, "due")))
			.toList();
		return new SyncState(new ConnectionId(document.getString("_id")), number(document, "epoch"), chains,
				RunDocuments.read(document.get("delta", Document.class)),
				RunDocuments.read(document.get("full", Document.class)), people,
				requested(document.get("requested", Document.class)), subscriptions(document),
				Times.read(document, "scheduledAt"), Times.read(document, "fullAt"), Times.read(document, "readAt"),
				document.getBoolean("stale", false));
	}

	private static Chain chain(Document chain) {
		return new Chain(chain.getString("deltaLink"), chain.getInteger("selection", 0), number(chain, "hints"),
				number(chain, "served"), Times.read(chain, "hintedAt"), Times.read(chain, "askedAt"));
	}

	private static SyncState.@Nullable Requested requested(@Nullable Document requested) {
		return (requested == null) ? null : new SyncState.Requested(RunMode.valueOf(requested.getString("mode")),
				RunTrigger.valueOf(requested.getString("trigger")), requested.getString("by"));
	}

	private static Map<Resource, SyncState.Subscribed> subscriptions(Document document) {
		Map<Resource, SyncState.Subscribed> subscriptions = new EnumMap<>(Resource.class);
		List<String> reauthorize = document.getList("reauthorize", String.class, List.of());
		Document written = document.get("subscriptions", new Document());
		written.forEach((resource, value) -> {
			Document there = (Document) value;
			String id = there.getString("id");
			subscriptions.put(Resource.valueOf(resource), new SyncState.Subscribed(id, instant(there, "expiresAt"),
					instant(there, "renewedAt"), instant(there, "checkedAt"), reauthorize.contains(id)));
		});
		return subscriptions;
	}

	private static Instant instant(Document document, String field) {
		return Times.required(document, field);
	}

	/** A counter that an increment made may be a 32-bit number. */
	private static long number(Document document, String field) {
		return (document.get(field) instanceof Number number) ? number.longValue() : 0;
	}

}
