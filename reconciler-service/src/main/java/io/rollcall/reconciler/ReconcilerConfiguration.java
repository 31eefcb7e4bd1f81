package io.rollcall.reconciler;

import java.time.InstantSource;

import io.rollcall.reconciler.flow.Accounts;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.Evaluations;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.Reconciling;
import io.rollcall.reconciler.flow.RulesBook;
import io.rollcall.reconciler.flow.RunCounters;
import io.rollcall.reconciler.flow.RunSteps;
import io.rollcall.reconciler.flow.Storage;
import io.rollcall.reconciler.flow.Teams;
import io.rollcall.reconciler.flow.loss.KnownConnections;
import io.rollcall.reconciler.flow.loss.LostObservations;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the adapters to the flow. */
@Configuration(proxyBeanMethods = false)
class ReconcilerConfiguration {

	@Bean
	InstantSource clock() {
		return InstantSource.system();
	}

	@Bean
	@ConditionalOnMissingBean
	CrashPoints crashPoints() {
		return CrashPoints.NONE;
	}

	@Bean
	LostObservations lostObservations(KnownConnections connections, Outbound outbound) {
		return new LostObservations(connections, outbound);
	}

	@Bean
	Reconciling reconciling(Storage storage, DirectoryObjects objects, Accounts accounts, Teams teams, RulesBook rules,
			Evaluations evaluations, Outbound outbound, RunCounters counters, RunSteps runs, InstantSource clock,
			CrashPoints crashPoints) {
		return new Reconciling(storage, objects, accounts, teams, rules, evaluations, outbound, counters, runs, clock,
				crashPoints);
	}

}
