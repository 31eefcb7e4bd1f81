package io.rollcall.reconciler.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;

/** The collections of facts, accounts and teams, each with its codec. */
public final class Collections {

	private static final CodecRegistry CODECS = CodecRegistries.fromRegistries(
			CodecRegistries.fromCodecs(new FactsCodec(), new AccountCodec(), new TeamCodec()),
			MongoClientSettings.getDefaultCodecRegistry());

	private Collections() {
	}

	/** How they stand in documents, also in others. */
	public static CodecRegistry codecs() {
		return CODECS;
	}

	public static MongoCollection<StoredFacts> facts(MongoDatabase database) {
		return database.getCollection(Fields.FACTS, StoredFacts.class).withCodecRegistry(CODECS);
	}

	public static MongoCollection<StoredAccount> accounts(MongoDatabase database) {
		return database.getCollection(Fields.ACCOUNTS, StoredAccount.class).withCodecRegistry(CODECS);
	}

	public static MongoCollection<StoredTeam> teams(MongoDatabase database) {
		return database.getCollection(Fields.TEAMS, StoredTeam.class).withCodecRegistry(CODECS);
	}

}
