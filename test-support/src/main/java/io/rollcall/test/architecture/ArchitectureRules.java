package io.rollcall.test.architecture;

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The rules of one service: three concepts, imports one way, each technology behind one
 * package. Its root package holds the wiring and may import all; nobody imports the
 * wiring.
 */
public final class ArchitectureRules {

	private final String root;

	/**
	 * The rules of the service with that root package, such as
	 * {@code io.rollcall.connector}.
	 */
	public ArchitectureRules(String root) {
		this.root = root;
	}

	/** All of them. */
	public List<ArchRule> all() {
		return List.of(rulesImportOnlyJavaAndTheSharedModel(), rulesHaveNeitherClockNorRandom(), flowImportsNoAdapter(),
				flowIsPlainJava(), adaptersDoNotImportEachOther(), nobodyImportsTheWiring(), importsNoOtherService(),
				microsoftOnlyInGraph(), mongoOnlyInMongo(), kafkaOnlyInKafka(), mailOnlyInMail(),
				blocksOnlyInAdapters(), blocksWithATimeout(), subscribesNowhere(), hasNoPackageCycles(), isNullMarked(),
				printsNothing());
	}

	ArchRule rulesImportOnlyJavaAndTheSharedModel() {
		return classes().that(resideInAPackage(in("rules")))
			.should()
			.onlyDependOnClassesThat(
					resideInAnyPackage("java..", "org.jspecify..", "com.ibm.icu..", "io.rollcall.model..", in("rules")))
			.as("rules import only Java and shared-model");
	}

	ArchRule rulesHaveNeitherClockNorRandom() {
		return noClasses().that(resideInAPackage(in("rules")))
			.should()
			.callMethodWhere(Calls.thatAskTheClockOrChance())
			.orShould()
			.callConstructorWhere(Calls.thatMakeChance())
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(java.time.Clock.class)
			.as("rules have neither clock nor random: an instant or an id is passed in");
	}

	/** The root of service-support is plain Java: ports and the like. */
	ArchRule flowImportsNoAdapter() {
		return noClasses().that(resideInAPackage(in("flow")))
			.should()
			.dependOnClassesThat(ours().and(resideOutsideOfPackages(in("flow"), in("rules"))))
			.orShould()
			.dependOnClassesThat(resideInAPackage("io.rollcall.support.*.."))
			.as("flow imports rules and shared-model, and no adapter");
	}

	ArchRule flowIsPlainJava() {
		return noClasses().that(resideInAnyPackage(in("flow"), in("rules")))
			.should()
			.dependOnClassesThat(resideInAnyPackage("reactor..", "org.reactivestreams.."))
			.as("flow is plain Java: publishers end in adapters");
	}

	ArchRule adaptersDoNotImportEachOther() {
		return SlicesRuleDefinition.slices()
			.assignedFrom(new Adapters(this.root))
			.should()
			.notDependOnEachOther()
			.as("adapters do not import each other");
	}

	ArchRule nobodyImportsTheWiring() {
		return noClasses().that(ours().and(resideOutsideOfPackages(this.root)))
			.should()
			.dependOnClassesThat(resideInAPackage(this.root))
			.as("nobody imports the wiring");
	}

	ArchRule importsNoOtherService() {
		return noClasses().that(ours())
			.should()
			.dependOnClassesThat(resideInAPackage("io.rollcall..")
				.and(resideOutsideOfPackages(this.root + "..", "io.rollcall.model..", "io.rollcall.support..")))
			.as("services never import services");
	}

	ArchRule microsoftOnlyInGraph() {
		return only("graph", "com.microsoft..");
	}

	ArchRule mongoOnlyInMongo() {
		return only("mongo", "com.mongodb..", "org.bson..", "org.springframework.data..");
	}

	ArchRule kafkaOnlyInKafka() {
		return only("kafka", "org.apache.kafka..", "org.springframework.kafka..", "org.springframework.cloud.stream..");
	}

	ArchRule mailOnlyInMail() {
		return only("mail", "jakarta.mail..", "org.springframework.mail..");
	}

	/** Not in web, whose threads serve everybody. */
	ArchRule blocksOnlyInAdapters() {
		return noClasses().that(ours().and(resideOutsideOfPackages(in("graph"), in("kafka"), in("mail"), in("mongo"))))
			.should()
			.callMethodWhere(Calls.thatBlock())
			.as("block only in graph, kafka, mail and mongo");
	}

	ArchRule blocksWithATimeout() {
		return noClasses().that(ours())
			.should()
			.callMethodWhere(Calls.thatBlockForEver())
			.as("block only with a timeout");
	}

	ArchRule subscribesNowhere() {
		return noClasses().that(ours()).should().callMethodWhere(Calls.thatSubscribe()).as("subscribe nowhere");
	}

	ArchRule hasNoPackageCycles() {
		return SlicesRuleDefinition.slices()
			.matching(this.root + ".(**)")
			.should()
			.beFreeOfCycles()
			.as("packages have no cycles");
	}

	ArchRule isNullMarked() {
		return classes().that(ours()).should(new BeNullMarked()).as("every package is @NullMarked");
	}

	ArchRule printsNothing() {
		return noClasses().that(ours())
			.should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
			.as("services log and do not print");
	}

	/**
	 * Said of all classes outside, so that the rule bites in a service that has no such
	 * adapter too.
	 */
	private ArchRule only(String adapter, String... technology) {
		return noClasses().that(ours().and(resideOutsideOfPackages(in(adapter), this.root)))
			.should()
			.dependOnClassesThat(resideInAnyPackage(technology))
			.as(String.join(", ", technology) + " only in " + adapter);
	}

	private DescribedPredicate<JavaClass> ours() {
		return resideInAPackage(this.root + "..");
	}

	private String in(String concept) {
		return this.root + "." + concept + "..";
	}

}
