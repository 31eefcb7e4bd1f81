package io.rollcall.model.event;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.model.alert.AlertRaised;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.state.State;
import org.jspecify.annotations.Nullable;

/** Every event type: its {@code ce_type} and the record that it is. */
public final class EventTypes {

	private static final Map<String, Class<? extends Event>> BY_NAME = new LinkedHashMap<>();

	private static final Map<Class<? extends Event>, String> BY_CLASS = new LinkedHashMap<>();

	static {
		family("hint", Hint.class);
		family("observation", Observation.class);
		family("change", Change.class);
		family("state", State.class);
		family("progress", Progress.class);
		family("run", RunEvent.class);
		add("rules", RulesPublished.class);
		add("alert", AlertRaised.class);
	}

	private EventTypes() {
	}

	/** The {@code ce_type}, such as {@code io.rollcall.change.AccountCreated.v1}. */
	public static String nameOf(Class<? extends Event> type) {
		String name = BY_CLASS.get(type);
		if (name == null) {
			throw new IllegalArgumentException(type + " is not a registered event type");
		}
		return name;
	}

	/**
	 * The record of a {@code ce_type}, or null when this version knows none of that name.
	 */
	public static @Nullable Class<? extends Event> find(String name) {
		return BY_NAME.get(name);
	}

	public static Collection<Class<? extends Event>> all() {
		return BY_NAME.values();
	}

	private static void family(String family, Class<?> sealed) {
		for (Class<?> permitted : sealed.getPermittedSubclasses()) {
			if (permitted.isSealed()) {
				family(family, permitted);
			}
			else {
				add(family, permitted.asSubclass(Event.class));
			}
		}
	}

	private static void add(String family, Class<? extends Event> type) {
		String name = "io.rollcall." + family + "." + type.getSimpleName() + ".v1";
		BY_NAME.put(name, type);
		BY_CLASS.put(type, name);
	}

}
