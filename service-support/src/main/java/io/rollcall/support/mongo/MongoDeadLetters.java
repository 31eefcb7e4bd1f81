package io.rollcall.support.mongo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Dead letters in the service's own database. */
final class MongoDeadLetters implements DeadLetters {

	private final MongoCollection<Document> letters;

	MongoDeadLetters(MongoDatabase database) {
		this.letters = database.getCollection("deadLetters");
	}

	@Override
	public Mono<Void> save(DeadLetter letter) {
		return Mono
			.from(this.letters.replaceOne(Filters.eq("_id", letter.id()), document(letter),
					new ReplaceOptions().upsert(true)))
			.then();
	}

	@Override
	public Flux<DeadLetter> newest(int limit) {
		return Flux.from(this.letters.find().sort(Sorts.descending("at")).limit(limit)).map(MongoDeadLetters::letter);
	}

	@Override
	public Mono<DeadLetter> find(String id) {
		return Mono.from(this.letters.find(Filters.eq("_id", id)).first()).map(MongoDeadLetters::letter);
	}

	@Override
	public Mono<Void> remove(String id) {
		return Mono.from(this.letters.deleteOne(Filters.eq("_id", id))).then();
	}

	private static Document document(DeadLetter letter) {
		// Header names may hold dots and dollars, which a field name should not: pairs
		// instead of fields.
		var headers = letter.headers()
			.entrySet()
			.stream()
			.map((header) -> new Document("name", header.getKey()).append("value", header.getValue()))
			.toList();
		return new Document("_id", letter.id()).append("topic", letter.topic())
			.append("partition", letter.partition())
			.append("offset", letter.offset())
			.append("group", letter.group())
			.append("key", letter.key())
			.append("headers", headers)
			.append("value", binary(letter.value()))
			.append("text", (letter.value() != null) ? new String(letter.value(), StandardCharsets.UTF_8) : null)
			.append("reason", letter.reason())
			.append("at", Date.from(letter.at()));
	}

	private static DeadLetter letter(Document document) {
		Map<String, String> headers = new LinkedHashMap<>();
		for (Document header : document.getList("headers", Document.class)) {
			headers.put(header.getString("name"), header.getString("value"));
		}
		Binary value = document.get("value", Binary.class);
		Instant at = document.getDate("at").toInstant();
		return new DeadLetter(document.getString("topic"), document.getInteger("partition"), document.getLong("offset"),
				document.getString("group"), document.getString("key"), headers,
				(value != null) ? value.getData() : null, document.getString("reason"), at);
	}

	private static @Nullable Binary binary(byte @Nullable [] value) {
		return (value != null) ? new Binary(value) : null;
	}

}
