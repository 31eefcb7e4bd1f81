package io.rollcall.test.architecture;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Extended once in each service, with its root package: every rule is a test of its own
 * over the main classes.
 */
public abstract class ServiceArchitecture {

	private final String root;

	protected ServiceArchitecture(String root) {
		this.root = root;
	}

	@TestFactory
	Stream<DynamicTest> keeps() {
		JavaClasses classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages(this.root);
		return new ArchitectureRules(this.root).all()
			.stream()
			.map((rule) -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
	}

}
