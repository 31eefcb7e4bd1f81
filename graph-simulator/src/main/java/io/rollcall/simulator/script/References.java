package io.rollcall.simulator.script;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.rollcall.simulator.tenant.ActRefused;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * Who is meant: an object id, a user principal name, a mail address, a display name,
 * {@code user:7}, {@code group:3}, {@code unit:0}, {@code @random}, {@code @deleted} or
 * {@code @last}.
 */
final class References {

	private static final int TRIES = 1000;

	private final Directory directory;

	private final RandomGenerator random;

	private final @Nullable ObjectRef last;

	References(Directory directory, RandomGenerator random, @Nullable ObjectRef last) {
		this.directory = directory;
		this.random = random;
		this.last = last;
	}

	/** The object meant, of the first of these kinds that has it. */
	ObjectRef find(String text, Kind... kinds) {
		ObjectRef found = switch (text) {
			case "@random", "@random-user", "@random-group", "@random-unit" -> random(kind(text, kinds));
			case "@deleted" -> deleted(kinds);
			case "@last" -> this.last;
			default -> named(text, kinds);
		};
		if (found == null) {
			throw new ActRefused("there is no %s '%s'".formatted(kinds[0].typeName(), text));
		}
		return found;
	}

	/** Somebody who is in this group or unit. */
	ObjectRef member(String text, ObjectRef container) {
		if (!text.equals("@random")) {
			return find(text, Kind.USER, Kind.GROUP);
		}
		int count = this.directory.memberCount(container.kind(), container.index());
		if (count == 0) {
			throw new ActRefused("nobody is in it");
		}
		return ObjectRef
			.ofMember(this.directory.memberAt(container.kind(), container.index(), this.random.nextInt(count)));
	}

	ObjectRef random(Kind kind) {
		int count = this.directory.count(kind);
		for (int i = 0; i < TRIES && count > 0; i++) {
			int index = this.random.nextInt(count);
			if (this.directory.isLive(kind, index)) {
				return new ObjectRef(kind, index);
			}
		}
		throw new ActRefused("there is no %s left".formatted(kind.typeName()));
	}

	private @Nullable ObjectRef deleted(Kind... kinds) {
		List<ObjectRef> deleted = new ArrayList<>();
		for (Kind kind : kinds) {
			this.directory.softDeleted(kind).forEach((index) -> deleted.add(new ObjectRef(kind, index)));
		}
		return deleted.isEmpty() ? null : deleted.get(this.random.nextInt(deleted.size()));
	}

	private @Nullable ObjectRef named(String text, Kind... kinds) {
		ObjectRef byId = this.directory.ids().find(text);
		if (byId != null) {
			return byId;
		}
		for (Kind kind : kinds) {
			ObjectRef found = byIndex(text, kind);
			found = (found != null) ? found : byName(text, kind);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private @Nullable ObjectRef byIndex(String text, Kind kind) {
		String prefix = switch (kind) {
			case USER -> "user:";
			case GROUP -> "group:";
			case UNIT -> "unit:";
		};
		if (!text.matches(prefix + "\\d{1,9}")) {
			return null;
		}
		int index = Integer.parseInt(text.substring(prefix.length()));
		return (index < this.directory.count(kind)) ? new ObjectRef(kind, index) : null;
	}

	private @Nullable ObjectRef byName(String text, Kind kind) {
		List<Attribute> names = !text.contains("@") ? List.of(Attribute.DISPLAY_NAME) : (kind == Kind.USER)
				? List.of(Attribute.USER_PRINCIPAL_NAME, Attribute.MAIL) : List.of(Attribute.MAIL);
		for (int index = 0; index < this.directory.count(kind); index++) {
			for (Attribute name : names) {
				Object value = this.directory.value(kind, index, name);
				boolean there = this.directory.isLive(kind, index) || this.directory.isSoftDeleted(kind, index);
				if (there && value instanceof String string && string.equalsIgnoreCase(text)) {
					return new ObjectRef(kind, index);
				}
			}
		}
		return null;
	}

	private static Kind kind(String text, Kind... kinds) {
		return switch (text) {
			case "@random-user" -> Kind.USER;
			case "@random-group" -> Kind.GROUP;
			case "@random-unit" -> Kind.UNIT;
			default -> kinds[0];
		};
	}

}
