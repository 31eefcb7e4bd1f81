package io.rollcall.reconciler.rules.scope;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
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
		Stream.of(includes(), excludes())
			.map(Who::condition)
			.filter(Objects::nonNull)
			.forEach((condition) -> condition.attributes(attributes::add));
		return attributes;
	}

	/** Whether anybody is in or out by a container. */
	public boolean hasContainers() {
		return includes().hasContainers() || excludes().hasContainers();
	}

	/** The groups whose members are in or out. */
	public Set<ObjectId> groups() {
		Set<ObjectId> groups = new LinkedHashSet<>(includes().groups().keySet());
		groups.addAll(excludes().groups().keySet());
		return groups;
	}

	/** The administrative units whose members are in or out. */
	public Set<ObjectId> units() {
		Set<ObjectId> units = new LinkedHashSet<>(includes().units());
		units.addAll(excludes().units());
		return units;
	}

	/** Whether a container's members are in or out. */
	public boolean names(ContainerKind kind, ObjectId container) {
		return includes().names(kind, container) || excludes().names(kind, container);
	}

	/** Whether anybody is in or out by a group in a group. */
	public boolean hasNestedGroups() {
		return includes().hasNestedGroups() || excludes().hasNestedGroups();
	}

	/** Whether members of groups in this one are in or out. */
	public boolean reachesBelow(ObjectId group) {
		return includes().reachesBelow(group) || excludes().reachesBelow(group);
	}

	private Who includes() {
		return (this.include != null) ? this.include : Who.NOBODY;
	}

	private Who excludes() {
		return (this.exclude != null) ? this.exclude : Who.NOBODY;
	}

}
