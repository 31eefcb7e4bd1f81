package io.rollcall.reconciler;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.Accounts;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.RulesBook;
import io.rollcall.reconciler.flow.act.HeldSetApprovals;
import io.rollcall.reconciler.flow.act.PeopleCommands;
import io.rollcall.reconciler.flow.act.RulesPublishing;
import io.rollcall.reconciler.flow.act.RulesStore;
import io.rollcall.reconciler.flow.run.HeldSets;
import io.rollcall.reconciler.flow.run.RunFlow;
import io.rollcall.reconciler.flow.run.RunFlow.RunPorts;
import io.rollcall.reconciler.flow.run.Runs;
import io.rollcall.reconciler.flow.view.AccountViews;
import io.rollcall.reconciler.flow.view.Explanations;
import io.rollcall.reconciler.flow.view.TeamViews;
import io.rollcall.reconciler.mongo.view.MongoAccountViews;
import io.rollcall.reconciler.mongo.view.MongoTeamViews;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins what people look at and ask for to MongoDB and Kafka. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

	@Bean
	AccountViews accountViews(MongoDatabase database) {
		return new MongoAccountViews(database);
	}

	@Bean
	TeamViews teamViews(MongoDatabase database) {
		return new MongoTeamViews(database);
	}

	@Bean
	Runs runs(RunPorts ports) {
		return ports.runs();
	}

	@Bean
	HeldSets heldSets(RunPorts ports) {
		return ports.heldSets();
	}

	@Bean
	HeldSetApprovals heldSetApprovals(HeldSets sets, Outbound outbound, InstantSource clock) {
		return new HeldSetApprovals(sets, outbound, clock);
	}

	@Bean
	RulesPublishing rulesPublishing(RulesStore store, Runs runs, RunFlow flow, Outbound outbound, InstantSource clock) {
		return new RulesPublishing(store, runs, flow.evaluations(), outbound, clock);
	}

	@Bean
	PeopleCommands peopleCommands(DirectoryObjects objects, Outbound outbound, InstantSource clock) {
		return new PeopleCommands(objects, outbound, clock);
	}

	@Bean
	Explanations explanations(DirectoryObjects objects, RulesBook rules, Accounts accounts, AccountViews views) {
		return new Explanations(objects, rules, accounts, views);
	}

}
