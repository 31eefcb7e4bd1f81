package io.rollcall.reconciler;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.coordinate.Coordinator;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.kafka.coordinate.KafkaPublications;
import io.rollcall.reconciler.kafka.coordinate.ProgressConsumer;
import io.rollcall.reconciler.mongo.coordinate.MongoChangedContainers;
import io.rollcall.reconciler.mongo.coordinate.MongoConnections;
import io.rollcall.reconciler.mongo.coordinate.MongoCoordinations;
import io.rollcall.reconciler.mongo.coordinate.MongoDirectory;
import io.rollcall.reconciler.mongo.coordinate.MongoHeldSets;
import io.rollcall.reconciler.mongo.coordinate.MongoProgressEvents;
import io.rollcall.reconciler.mongo.coordinate.MongoRestates;
import io.rollcall.reconciler.mongo.coordinate.MongoRuns;
import io.rollcall.reconciler.mongo.coordinate.MongoStagedEntries;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.KafkaSettings;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.support.kafka.OnLoss;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the coordinator to MongoDB and Kafka. */
@Configuration(proxyBeanMethods = false)
class CoordinateConfiguration {

	private static final int WALKED_AT_ONCE = 20_000;

	@Bean
	Ports coordinatePorts(MongoDatabase database, EventPublisher publisher, InstantSource clock) {
		return new Ports(new MongoProgressEvents(database), new MongoCoordinations(database), new MongoRuns(database),
				new MongoStagedEntries(database), new MongoHeldSets(database), new MongoChangedContainers(database),
				new MongoRestates(database), new MongoDirectory(database, WALKED_AT_ONCE),
				new MongoConnections(database), new KafkaPublications(publisher), clock);
	}

	@Bean
	Coordinator coordinator(Ports ports) {
		return new Coordinator(ports);
	}

	@Bean
	ProgressConsumer progressConsumer(Coordinator coordinator, KafkaSettings settings) {
		return new ProgressConsumer(coordinator, settings);
	}

	@Bean
	SmartInitializingSingleton progressContainer(ProgressConsumer consumer, ListenerContainers containers) {
		return () -> consumer.join(containers);
	}

	@Bean
	OnLoss lostProgress(ProgressConsumer consumer) {
		return new OnLoss(Topics.PROGRESS, consumer::lost);
	}

}
