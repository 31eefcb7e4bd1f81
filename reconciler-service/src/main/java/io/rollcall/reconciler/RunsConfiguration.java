package io.rollcall.reconciler;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.Evaluations;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.RulesBook;
import io.rollcall.reconciler.flow.RunCounters;
import io.rollcall.reconciler.flow.RunSteps;
import io.rollcall.reconciler.flow.run.RunFlow;
import io.rollcall.reconciler.flow.run.RunFlow.RunPorts;
import io.rollcall.reconciler.kafka.run.KafkaPartitions;
import io.rollcall.reconciler.mongo.run.MongoEvaluationBook;
import io.rollcall.reconciler.mongo.run.MongoGuardLedgers;
import io.rollcall.reconciler.mongo.run.MongoHeldSets;
import io.rollcall.reconciler.mongo.run.MongoRulesBook;
import io.rollcall.reconciler.mongo.run.MongoRunCounters;
import io.rollcall.reconciler.mongo.run.MongoRuns;
import io.rollcall.reconciler.mongo.run.MongoStagedItems;
import io.rollcall.reconciler.mongo.run.MongoStagedPages;
import io.rollcall.reconciler.mongo.run.MongoUnseenObjects;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the end of runs to MongoDB and Kafka. */
@Configuration(proxyBeanMethods = false)
class RunsConfiguration {

	private static final int WALKED_AT_ONCE = 20_000;

	@Bean
	RunPorts runPorts(MongoDatabase database, InstantSource clock) {
		return new RunPorts(new MongoRuns(database, clock), new MongoUnseenObjects(database, WALKED_AT_ONCE),
				new MongoStagedItems(database), new MongoStagedPages(database, clock), new MongoGuardLedgers(database),
				new MongoHeldSets(database), new MongoEvaluationBook(database, clock));
	}

	@Bean
	RunFlow runFlow(RunPorts ports, Outbound outbound, RulesBook rules, InstantSource clock,
			ObjectProvider<CrashPoints> crashPoints) {
		return RunFlow.of(ports, outbound, new KafkaPartitions(), rules, clock,
				crashPoints.getIfAvailable(() -> CrashPoints.NONE));
	}

	@Bean
	MongoRulesBook rulesBook(MongoDatabase database) {
		return new MongoRulesBook(database);
	}

	@Bean
	RunSteps runSteps(RunFlow flow) {
		return flow.steps();
	}

	@Bean
	Evaluations evaluations(RunFlow flow) {
		return flow.evaluations();
	}

	@Bean
	RunCounters runCounters(MongoDatabase database, InstantSource clock) {
		return new MongoRunCounters(database, clock);
	}

}
