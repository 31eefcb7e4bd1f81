package io.rollcall.simulator.tenant;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Groups and administrative units, computed: first everyone, then the departments, then
 * projects without end.
 */
final class GeneratedContainers implements Generated {

	private final TenantSpec spec;

	private final Kind kind;

	GeneratedContainers(TenantSpec spec, Kind kind) {
		this.spec = spec;
		this.kind = kind;
	}

	@Override
	public @Nullable Object value(int index, Attribute attribute) {
		return (this.kind == Kind.UNIT) ? unit(index, attribute) : group(index, attribute);
	}

	private @Nullable Object group(int index, Attribute attribute) {
		boolean unified = index % 3 != 1;
		return switch (attribute) {
			case DISPLAY_NAME -> name(index);
			case DESCRIPTION -> (index % 4 == 3) ? null : "All about " + name(index);
			case MAIL -> unified ? nickname(index) + '@' + this.spec.domain() : null;
			case MAIL_NICKNAME -> nickname(index);
			case MAIL_ENABLED -> unified;
			case SECURITY_ENABLED -> !unified;
			case GROUP_TYPES -> unified ? List.of("Unified") : List.of();
			case VISIBILITY -> unified ? "Private" : null;
			case PROXY_ADDRESSES -> unified ? List.of("SMTP:" + nickname(index) + '@' + this.spec.domain()) : List.of();
			case CREATED -> "2021-03-12T10:36:14Z";
			default -> null;
		};
	}

	private static @Nullable Object unit(int index, Attribute attribute) {
		String place = Words.PLACES.get(index % Words.PLACES.size()).city();
		return switch (attribute) {
			case DISPLAY_NAME ->
				(index < Words.PLACES.size()) ? place : place + " " + (index / Words.PLACES.size() + 1);
			case DESCRIPTION -> "Everyone in " + place;
			default -> null;
		};
	}

	private static String name(int index) {
		if (index == 0) {
			return "All Staff";
		}
		if (index <= Words.DEPARTMENTS.length) {
			return Words.DEPARTMENTS[index - 1];
		}
		int project = index - Words.DEPARTMENTS.length - 1;
		String word = Words.PROJECTS[project % Words.PROJECTS.length];
		return (project < Words.PROJECTS.length) ? "Project " + word
				: "Project " + word + " " + (project / Words.PROJECTS.length + 1);
	}

	private static String nickname(int index) {
		return name(index).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
	}

}
