package io.rollcall.test.architecture;

import java.util.Set;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Each adapter of a service as a slice: every package beside rules and flow. */
record Adapters(String root) implements SliceAssignment {

	private static final Set<String> NO_ADAPTER = Set.of("", "rules", "flow");

	@Override
	public SliceIdentifier getIdentifierOf(JavaClass type) {
		String concept = conceptOf(type.getPackageName());
		return NO_ADAPTER.contains(concept) ? SliceIdentifier.ignore() : SliceIdentifier.of(concept);
	}

	@Override
	public String getDescription() {
		return "adapters of " + this.root;
	}

	private String conceptOf(String packageName) {
		if (!packageName.startsWith(this.root + ".")) {
			return "";
		}
		String below = packageName.substring(this.root.length() + 1);
		int dot = below.indexOf('.');
		return (dot < 0) ? below : below.substring(0, dot);
	}

}
