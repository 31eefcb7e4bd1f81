package io.rollcall.connector.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.credential.Credentials.PreparedCertificates;
import io.rollcall.model.ConnectionId;
import io.rollcall.support.mongo.Await;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Prepared certificates in {@code certificates}: one document a connection. */
final class MongoPreparedCertificates implements PreparedCertificates {

	private static final String KEY = "key";

	private final MongoCollection<Stored> certificates;

	private final Secrets secrets;

	/**
	 * How one is written; public for the driver.
	 *
	 * @param certificate without its key, which is encrypted beside it
	 */
	public record Stored(@BsonId String id, Credential certificate, Binary key) {
	}

	MongoPreparedCertificates(MongoDatabase database, Secrets secrets) {
		this.certificates = database.getCollection("certificates", Stored.class);
		this.secrets = secrets;
	}

	@Override
	public @Nullable Credential find(ConnectionId id) {
		Stored found = Await.one(this.certificates.find(Filters.eq("_id", id.value())).first());
		return (found != null) ? found.certificate().with(this.secrets.open(found.key(), found.id(), KEY)) : null;
	}

	@Override
	public void save(ConnectionId id, Credential certificate) {
		Await
			.one(this.certificates.replaceOne(Filters.eq("_id", id.value()),
					new Stored(id.value(), certificate.withoutSecret(),
							this.secrets.close(certificate.own(), id.value(), KEY)),
					new ReplaceOptions().upsert(true)));
	}

	@Override
	public void forget(ConnectionId id, Credential certificate) {
		Await.one(this.certificates.deleteOne(Filters.and(Filters.eq("_id", id.value()),
				Filters.eq("certificate.certificate", certificate.certificate()))));
	}

}
