package io.rollcall.reconciler.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/** The reconciler's collections, each with its codec. */
final class Collections {

	private static final CodecRegistry CODECS = CodecRegistries.fromRegistries(
			CodecRegistries.fromCodecs(new FactsCodec(), new AccountCodec(), new TeamCodec()),
			MongoClientSettings.getDefaultCodecRegistry());

	private Collections() {
	}

	static MongoCollection<FactsDocument> facts(MongoDatabase database) {
		return database.getCollection("facts", FactsDocument.class).withCodecRegistry(CODECS);
	}

	static MongoCollection<AccountDocument> accounts(MongoDatabase database) {
		return database.getCollection("accounts", AccountDocument.class).withCodecRegistry(CODECS);
	}

	static MongoCollection<TeamDocument> teams(MongoDatabase database) {
		return database.getCollection("teams", TeamDocument.class).withCodecRegistry(CODECS);
	}

}
