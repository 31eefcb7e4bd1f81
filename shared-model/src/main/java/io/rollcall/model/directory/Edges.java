package io.rollcall.model.directory;

import java.util.List;

import io.rollcall.model.ObjectId;
import org.jspecify.annotations.Nullable;

/** All that an object is in, as one reading of it said: nothing else counts. */
public record Edges(List<ObjectId> groups, List<ObjectId> units, @Nullable ObjectId manager) {

	public static final Edges NONE = new Edges(List.of(), List.of(), null);

	public Edges {
		groups = List.copyOf(groups);
		units = List.copyOf(units);
	}

}
