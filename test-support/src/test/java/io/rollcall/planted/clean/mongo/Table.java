package io.rollcall.planted.clean.mongo;

import io.rollcall.planted.clean.flow.Step;
import org.bson.Document;

/** Planted. */
public final class Table {

	public Document planted(Step step) {
		return new Document();
	}

}
