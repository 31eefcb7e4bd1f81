package io.rollcall.reconciler.mongo;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.Edge;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

/**
 * What one document says of an object: edges have documents of their own, as each comes
 * by itself and a database inserts many times faster than it replaces.
 */
sealed interface FactsDocument {

	OrganizationId organization();

	/** The object that it is about; of an edge, the member. */
	ObjectKey key();

	/**
	 * All but the edges.
	 *
	 * @param facts without edges
	 */
	record OfObject(Facts facts) implements FactsDocument {

		@Override
		public OrganizationId organization() {
			return this.facts.organization();
		}

		@Override
		public ObjectKey key() {
			return this.facts.key();
		}

	}

	/**
	 * One edge.
	 *
	 * @param kind the member's, in case that nothing else is known of it
	 */
	record OfEdge(OrganizationId organization, ObjectKey key, ObjectKind kind, Edge edge) implements FactsDocument {

		/** The document of an edge, as long as it is as it was read. */
		static BsonDocument unchanged(ObjectKey member, Edge edge) {
			return new BsonDocument("_id", new BsonString(id(member, edge)))
				.append("s", new BsonInt64(edge.stamp().sequence().value()))
				.append("i", new BsonInt32(edge.stamp().index()));
		}

		private static String id(ObjectKey member, Edge edge) {
			return member + ":" + edge.container();
		}

		String id() {
			return id(this.key, this.edge);
		}

	}

}
