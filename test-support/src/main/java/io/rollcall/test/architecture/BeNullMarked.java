package io.rollcall.test.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/**
 * The null checker looks at marked packages only; a package without the mark would go
 * unchecked in silence.
 */
final class BeNullMarked extends ArchCondition<JavaClass> {

	BeNullMarked() {
		super("be in a @NullMarked package");
	}

	@Override
	public void check(JavaClass type, ConditionEvents events) {
		if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
			events.add(SimpleConditionEvent.violated(type, type.getPackageName()
					+ " has no package-info.java with @NullMarked (seen at " + type.getName() + ")"));
		}
	}

}
