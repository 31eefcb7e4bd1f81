package io.rollcall.reconciler.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import io.rollcall.reconciler.rules.ObjectKey;
import org.bson.conversions.Bson;

/** Filters for many values, each within its connection or organization. */
final class Scoped {

	private Scoped() {
	}

	/**
	 * Objects by the fields that say their connection and their id; there must be some.
	 */
	static Bson objects(Collection<ObjectKey> objects, String connection, String object) {
		Map<String, List<String>> byConnection = new LinkedHashMap<>();
		objects.forEach((key) -> byConnection.computeIfAbsent(key.connection().value(), (c) -> new ArrayList<>())
			.add(key.object().value()));
		return among(byConnection, connection, object);
	}

	/** Any of a scope's values; there must be some. */
	static Bson among(Map<String, List<String>> values, String scope, String field) {
		List<Bson> filters = values.entrySet()
			.stream()
			.map((entry) -> Filters.and(Filters.eq(scope, entry.getKey()), Filters.in(field, entry.getValue())))
			.toList();
		return (filters.size() == 1) ? filters.getFirst() : Filters.or(filters);
	}

}
