package io.rollcall.support.mongo;

import java.time.Duration;
import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Which edition of Rollcall a database is of: nothing is read of another one, and nothing
 * is carried over. A database that does not answer is asked again in the background, and
 * the service stops when it turns out to be of another edition.
 */
final class Edition {

	static final int CURRENT = 4;

	private static final Logger log = LoggerFactory.getLogger(Edition.class);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private static final String COLLECTION = "edition";

	private final MongoDatabase database;

	Edition(MongoDatabase database) {
		this.database = database;
	}

	/** The database, once it is known to be of this edition, or not to answer. */
	MongoDatabase database(ConfigurableApplicationContext service) {
		try {
			check();
		}
		catch (MongoException ex) {
			log.warn("MongoDB does not answer yet: {}. Check ROLLCALL_MONGODB_URI and that the database is up",
					ex.getMessage());
			Thread.ofVirtual().name("edition").start(() -> checkUntilAnswered(service));
		}
		return this.database;
	}

	private void checkUntilAnswered(ConfigurableApplicationContext service) {
		while (!service.isClosed()) {
			try {
				Thread.sleep(PAUSE);
				check();
				return;
			}
			catch (MongoException ex) {
				log.debug("MongoDB does not answer yet", ex);
			}
			catch (OtherEditionException ex) {
				log.error("{}. {}", ex.getMessage(), ex.action());
				service.close();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
		}
	}

	/**
	 * Notes the edition of an empty database.
	 * @throws OtherEditionException if it is of another one
	 */
	void check() {
		// Before the edition is read: whoever made a collection had noted it.
		List<String> collections = Await
			.all(Flux.from(this.database.listCollectionNames()).filter((name) -> !name.equals(COLLECTION)));
		MongoCollection<Document> editions = this.database.getCollection(COLLECTION);
		Document noted = Await.one(editions.find(Filters.eq("_id", COLLECTION)).first());
		if (noted == null && collections.isEmpty()) {
			Await.one(editions.updateOne(Filters.eq("_id", COLLECTION), Updates.setOnInsert("number", CURRENT),
					new UpdateOptions().upsert(true)));
			return;
		}
		int edition = (noted != null) ? noted.getInteger("number", 1) : 1;
		if (edition != CURRENT) {
			throw new OtherEditionException(this.database.getName(), edition);
		}
	}

}
