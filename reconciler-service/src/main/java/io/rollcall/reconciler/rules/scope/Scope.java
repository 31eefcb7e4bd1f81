package io.rollcall.reconciler.rules.scope;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.jspecify.annotations.Nullable;

/**
 * Who is in, as an organization published it.
 *
 * @param include null for everyone
 * @param exclude who is out although included; null for nobody
 * @param guests whether guests are in
 * @param disabled whether users whose directory account is disabled are in
 */
public record Scope(@Nullable Who include, @Nullable Who exclude, boolean guests, boolean disabled) {

	public Scope {
		exclude = Who.NOBODY.equals(exclude) ? null : exclude;
	}

	/** Everyone, but perhaps for guests and disabled users. */
	public static Scope everyone(boolean guests, boolean disabled) {
		return new Scope(null, null, guests, disabled);
	}

	/** The attributes that its conditions look at. */
	public Set<String> attributes() {
		Set<String> attributes = new LinkedHashSet<>();
		whos().forEach((who) -> {
			if (who.condition() != null) {
				who.condition().attributes(attributes::add);
			}
		});
		return attributes;
	}

	/** Whether anybody is in or out by a container. */
	public boolean hasContainers() {
		return whos().anyMatch((who) -> !who.groups().isEmpty() || !who.units().isEmpty());
	}

	/** Whether its members are in or out, by what it is and its id. */
	public boolean names(ContainerKind kind, ObjectId container) {
		return switch (kind) {
			case GROUP -> whos().anyMatch((who) -> who.groups().containsKey(container));
			case ADMINISTRATIVE_UNIT -> whos().anyMatch((who) -> who.units().contains(container));
			case MANAGER -> false;
		};
	}

	/** The administrative units whose members are in or out. */
	public Set<ObjectId> units() {
		return whos().flatMap((who) -> who.units().stream()).collect(Collectors.toSet());
	}

	/** The groups whose members are in or out. */
	public Set<ObjectId> groups() {
		return whos().flatMap((who) -> who.groups().keySet().stream()).collect(Collectors.toSet());
	}

	/** Whether anybody is in or out by a group in a group. */
	public boolean isNested() {
		return whos().anyMatch((who) -> who.groups().containsValue(Members.TRANSITIVE));
	}

	/** Whether members of groups in this one are in or out. */
	public boolean reachesBelow(ObjectId group) {
		return whos().anyMatch((who) -> who.groups().get(group) == Members.TRANSITIVE);
	}

	private Stream<Who> whos() {
		return Stream.of(this.include, this.exclude).flatMap(Stream::ofNullable);
	}

}
