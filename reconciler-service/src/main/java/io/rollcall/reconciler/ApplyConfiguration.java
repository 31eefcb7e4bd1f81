package io.rollcall.reconciler;

import java.time.Duration;
import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.apply.AccountsAndTeams;
import io.rollcall.reconciler.flow.apply.Apply;
import io.rollcall.reconciler.flow.apply.Applying;
import io.rollcall.reconciler.flow.apply.DecisionInputs;
import io.rollcall.reconciler.flow.apply.Organizations;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.reconciler.flow.apply.Outbound;
import io.rollcall.reconciler.flow.apply.RestoredDatabase;
import io.rollcall.reconciler.kafka.ApplyListener;
import io.rollcall.reconciler.kafka.ApplySettings;
import io.rollcall.reconciler.kafka.CellRedrive;
import io.rollcall.reconciler.kafka.GroupOffsets;
import io.rollcall.reconciler.kafka.KafkaOutbound;
import io.rollcall.reconciler.kafka.LostCells;
import io.rollcall.reconciler.kafka.RestoreWatch;
import io.rollcall.reconciler.mongo.ConnectionDocuments;
import io.rollcall.reconciler.mongo.MongoAccountsAndTeams;
import io.rollcall.reconciler.mongo.MongoDecisionInputs;
import io.rollcall.reconciler.mongo.MongoOrganizations;
import io.rollcall.reconciler.mongo.MongoDirectoryObjects;
import io.rollcall.reconciler.mongo.Storage;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.support.kafka.OnLoss;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Joins apply to MongoDB and Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApplySettings.class)
@Import({ Storage.class, MongoDirectoryObjects.class, MongoDecisionInputs.class, MongoAccountsAndTeams.class,
		MongoOrganizations.class, GroupOffsets.class, KafkaOutbound.class, CellRedrive.class, RestoredDatabase.class,
		RestoreWatch.class })
class ApplyConfiguration {

	private static final Duration SESSION = Duration.ofSeconds(45);

	@Bean
	ApplyListener applyListener(DirectoryObjects objects, DecisionInputs inputs, AccountsAndTeams accounts,
			Organizations organizations, KafkaOutbound outbound, GroupOffsets offsets, RestoreWatch restores,
			DeadLetters letters, InstantSource clock) {
		return new ApplyListener(
				() -> new Applying(new Apply(objects, inputs, accounts, organizations, outbound, offsets, clock),
						outbound, clock),
				offsets, restores, letters, clock);
	}

	@Bean
	SmartInitializingSingleton applyContainer(ApplyListener listener, ListenerContainers containers,
			ApplySettings settings) {
		return () -> listener.join(containers, settings.consumers(), SESSION);
	}

	@Bean
	LostCells lostCells(MongoDatabase database, Outbound outbound) {
		return new LostCells(() -> ConnectionDocuments.all(database), outbound);
	}

	@Bean
	OnLoss lostObservations(LostCells lost) {
		return new OnLoss(Topics.OBSERVATIONS, lost::lost);
	}

	@Bean
	OnLoss lostSnapshots(LostCells lost) {
		return new OnLoss(Topics.SNAPSHOTS, lost::lost);
	}

}
