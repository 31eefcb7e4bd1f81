package io.rollcall.reconciler.rules.scope;

import java.util.LinkedHashSet;
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
		exclude = (exclude != null && exclude.isNobody()) ? null : exclude;
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

	/** Whether groups in groups count for anybody. */
	public boolean isNested() {
		return isNested(this.include) || isNested(this.exclude);
	}

	/** Whether members of a container, or of groups in it, are meant. */
	public boolean names(ContainerKind kind, ObjectId container) {
		return names(this.include, kind, container) || names(this.exclude, kind, container);
	}

	/** Whether what is known of a container says anything about its members. */
	public boolean reads(ContainerKind kind, ObjectId container) {
		return names(kind, container) || kind == ContainerKind.GROUP && isNested();
	}

	private static boolean isNested(@Nullable Who who) {
		return who != null && who.isNested();
	}

	private static boolean names(@Nullable Who who, ContainerKind kind, ObjectId container) {
		return who != null && who.names(kind, container);
	}

	private Stream<Who> whos() {
		return Stream.of(this.include, this.exclude).flatMap(Stream::ofNullable);
	}

}
