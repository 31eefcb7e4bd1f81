package io.rollcall.planted.clean.mongo;

import io.rollcall.planted.clean.flow.Step;
import java.time.Duration;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** Planted. */
public final class Table {

	public Document planted(Step step) {
		Mono.just("").block(Duration.ofSeconds(1));
		return new Document();
	}

}
