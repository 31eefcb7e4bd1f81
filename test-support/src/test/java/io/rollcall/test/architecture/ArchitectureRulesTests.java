package io.rollcall.test.architecture;

import java.util.function.Function;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Each rule is seen to fail on a planted violation, and all of them to pass on a clean
 * service.
 */
class ArchitectureRulesTests {

	private static final String PLANTED = "io.rollcall.planted.";

	@TestFactory
	Stream<DynamicTest> aCleanServicePasses() {
		JavaClasses classes = classesOf("clean");
		return new ArchitectureRules(PLANTED + "clean").all()
			.stream()
			.map((rule) -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
	}

	@ParameterizedTest
	@CsvSource({ "impure, planted.impure.flow.Step", "reactive, reactor.core.publisher.Mono" })
	void findsRulesThatImportMoreThanJavaAndTheSharedModel(String planted, String named) {
		finds(planted, ArchitectureRules::rulesImportOnlyJavaAndTheSharedModel, named);
	}

	@ParameterizedTest
	@CsvSource({ "clock, Instant.now()", "ticking, java.time.Clock", "uuid, UUID.randomUUID()",
			"random, java.util.Random.<init>", "millis, System.currentTimeMillis()" })
	void findsRulesWithAClockOrRandom(String planted, String named) {
		finds(planted, ArchitectureRules::rulesHaveNeitherClockNorRandom, named);
	}

	@ParameterizedTest
	@CsvSource({ "upwards, planted.upwards.mongo.Table", "supported, rollcall.support.planted.Support" })
	void findsAFlowThatImportsAnAdapter(String planted, String named) {
		finds(planted, ArchitectureRules::flowImportsNoAdapter, named);
	}

	@Test
	void findsAnAdapterThatImportsAnother() {
		finds("sideways", ArchitectureRules::adaptersDoNotImportEachOther, "planted.sideways.mongo.Table");
	}

	@Test
	void findsWhoImportsTheWiring() {
		finds("wired", ArchitectureRules::nobodyImportsTheWiring, "planted.wired.Wiring");
	}

	@Test
	void findsAServiceThatImportsAnother() {
		finds("neighbour", ArchitectureRules::importsNoOtherService, "planted.clean.rules.Rule");
	}

	@Test
	void findsMicrosoftOutsideGraph() {
		finds("technology", ArchitectureRules::microsoftOnlyInGraph, "com.microsoft.planted.Sdk");
	}

	@Test
	void findsMongoDbOutsideMongo() {
		finds("technology", ArchitectureRules::mongoOnlyInMongo, "org.bson.Document");
		finds("frameworks", ArchitectureRules::mongoOnlyInMongo, "org.springframework.data.planted.Template");
	}

	@Test
	void findsKafkaOutsideKafka() {
		finds("technology", ArchitectureRules::kafkaOnlyInKafka, "org.apache.kafka.common.KafkaException");
		finds("frameworks", ArchitectureRules::kafkaOnlyInKafka, "org.springframework.cloud.stream.planted.Binding");
	}

	@Test
	void findsMailOutsideMail() {
		finds("technology", ArchitectureRules::mailOnlyInMail, "jakarta.mail.planted.Letter");
	}

	@ParameterizedTest
	@CsvSource({ "reactive, reactor.core.publisher.Mono", "blocking, reactor.core.publisher.Mono",
			"publishing, org.reactivestreams.Publisher" })
	void findsAFlowThatIsNotPlainJava(String planted, String named) {
		finds(planted, ArchitectureRules::flowIsPlainJava, named);
	}

	@Test
	void findsABlockInAFlowOrInWeb() {
		finds("blocking", ArchitectureRules::blocksOnlyInAdapters, "planted.blocking.flow.Step");
		finds("blocking", ArchitectureRules::blocksOnlyInAdapters, "planted.blocking.web.Page");
	}

	@Test
	void findsABlockWithoutATimeout() {
		finds("forever", ArchitectureRules::blocksWithATimeout, "Mono.block()");
	}

	@Test
	void findsASubscribe() {
		finds("subscribing", ArchitectureRules::subscribesNowhere, "Mono.subscribe()");
	}

	@Test
	void findsAPackageCycle() {
		finds("cyclic", ArchitectureRules::hasNoPackageCycles, "Cycle detected");
	}

	@Test
	void findsAPackageThatTheNullCheckerWouldSkip() {
		finds("impure", ArchitectureRules::isNullMarked, "planted.impure.rules has no package-info.java");
	}

	@Test
	void findsAServiceThatPrints() {
		finds("printing", ArchitectureRules::printsNothing, "java.lang.System.out");
	}

	@Test
	void failsWhereThereIsNothingToCheck() {
		assertThatThrownBy(() -> new ArchitectureRules("io.rollcall.misspelled").microsoftOnlyInGraph()
			.check(new ClassFileImporter().importPackages("io.rollcall.misspelled"))).isInstanceOf(AssertionError.class)
			.hasMessageContaining("failed to check any classes");
	}

	private static void finds(String planted, Function<ArchitectureRules, ArchRule> rule, String named) {
		ArchRule applied = rule.apply(new ArchitectureRules(PLANTED + planted));
		assertThat(applied.evaluate(classesOf(planted)).getFailureReport().toString()).contains(named);
	}

	private static JavaClasses classesOf(String planted) {
		return new ClassFileImporter().importPackages(PLANTED + planted);
	}

}
