package io.rollcall.reconciler.mongo.run;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import org.bson.Document;
import org.bson.conversions.Bson;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

/** What several of these documents have in common. */
final class Documents {

	static final int DUPLICATE_KEY = 11000;

	private Documents() {
	}

	static Document stamp(Stamp stamp) {
		return new Document("s", stamp.sequence().value()).append("i", stamp.index());
	}

	static Stamp stamp(Document document) {
		return new Stamp(new Sequence(number(document, "s")), (int) number(document, "i"));
	}

	/** That the stamp at a path is before another. */
	static Bson before(String path, Stamp stamp) {
		String prefix = path.isEmpty() ? "" : path + ".";
		long sequence = stamp.sequence().value();
		return or(lt(prefix + "s", sequence), and(eq(prefix + "s", sequence), lt(prefix + "i", stamp.index())));
	}

	static Set<Integer> integers(Document document, String name) {
		return new TreeSet<>(document.getList(name, Integer.class, List.of()));
	}

	static long number(Document document, String name) {
		return (document.get(name) instanceof Number number) ? number.longValue() : 0;
	}

	/** Ids in a connection start with it, a colon, and end before the next character. */
	static String first(String connection) {
		return connection + ":";
	}

	static String last(String connection) {
		return connection + ";";
	}

	static List<String> list(Collection<String> values) {
		return List.copyOf(values);
	}

	static boolean duplicateKey(Throwable failure) {
		return (failure instanceof MongoWriteException write
				&& write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY)
				|| (failure instanceof MongoCommandException command && command.getErrorCode() == DUPLICATE_KEY);
	}

}
