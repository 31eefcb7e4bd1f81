package io.rollcall.reconciler.mongo;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.ObjectKey;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A document a group that is in others, while rules of its connection ask for it; the
 * coordinator writes it and apply reads it: {@code {_id: "connection:object", in: ["G…"],
 * above: ["G…"], by}}, the last being the version of the coordination that wrote it.
 */
public final class NestingDocuments {

	public static final String NESTINGS = "nestings";

	public static final String ABOVE = "above";

	private NestingDocuments() {
	}

	/** Those of some groups. */
	static Mono<Map<ObjectKey, Nesting>> find(MongoDatabase database, Collection<ObjectKey> groups) {
		return groups.isEmpty() ? Mono.just(Map.of())
				: Flux.from(database.getCollection(NESTINGS).find(MongoDirectoryObjects.byId(groups)))
					.collectMap(NestingDocuments::key, NestingDocuments::nesting);
	}

	/** Reads one. */
	public static Nesting nesting(Document document) {
		return new Nesting(key(document).object(), containers(document, Fields.IN),
				new LinkedHashSet<>(containers(document, ABOVE)));
	}

	/** Writes one. */
	public static Document document(ConnectionId connection, Nesting nesting) {
		return new Document(Fields.ID, new ObjectKey(connection, nesting.group()).toString())
			.append(Fields.IN, nesting.in().stream().map(Container::code).toList())
			.append(ABOVE, nesting.above().stream().map(Container::code).toList());
	}

	private static List<Container> containers(Document document, String field) {
		return document.getList(field, String.class).stream().map(Container::parse).toList();
	}

	private static ObjectKey key(Document document) {
		String id = document.getString(Fields.ID);
		int colon = id.indexOf(':');
		return new ObjectKey(new ConnectionId(id.substring(0, colon)), new ObjectId(id.substring(colon + 1)));
	}

}
