package io.rollcall.reconciler;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.coordinate.Coordinator;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Places;
import io.rollcall.reconciler.flow.view.Removals;
import io.rollcall.reconciler.flow.view.Settling;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.kafka.coordinate.KafkaPublications;
import io.rollcall.reconciler.kafka.coordinate.ProgressConsumer;
import io.rollcall.reconciler.mongo.coordinate.MongoConnections;
import io.rollcall.reconciler.mongo.coordinate.MongoCoordinations;
import io.rollcall.reconciler.mongo.coordinate.MongoDirectory;
import io.rollcall.reconciler.mongo.coordinate.MongoNestings;
import io.rollcall.reconciler.mongo.coordinate.MongoRuns;
import io.rollcall.reconciler.mongo.coordinate.MongoStagedEntries;
import io.rollcall.reconciler.mongo.coordinate.MongoToDecide;
import io.rollcall.reconciler.mongo.view.MongoViews;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.support.kafka.OnLoss;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

/** Joins the coordinator, and what people look at and ask for, to MongoDB and Kafka. */
@Configuration(proxyBeanMethods = false)
class CoordinateConfiguration {

	private static final int WALKED_AT_ONCE = 20_000;

	@Bean
	Ports coordinatePorts(MongoDatabase database, EventPublisher publisher, InstantSource clock) {
		return new Ports(new MongoCoordinations(database), new MongoRuns(database), new MongoStagedEntries(database),
				new MongoToDecide(database), new MongoDirectory(database, WALKED_AT_ONCE),
				new MongoNestings(database, WALKED_AT_ONCE),
				new MongoConnections(database), new KafkaPublications(publisher), clock);
	}

	@Bean
	Views views(MongoDatabase database) {
		return new MongoViews(database);
	}

	@Bean
	Acts acts(Ports ports, Views views) {
		return new Acts(ports, views);
	}

	@Bean
	Settling settling(Acts acts, Views views, Ports ports) {
		return new Settling(acts, views, ports.clock());
	}

	@Bean
	Places places(Acts acts, Views views, Ports ports) {
		return new Places(acts, views, ports.clock());
	}

	@Bean
	Removals removals(Acts acts, Views views, Ports ports) {
		return new Removals(acts, views, ports.clock());
	}

	@Bean
	Coordinator coordinator(Ports ports) {
		return new Coordinator(ports);
	}

	@Bean
	ProgressConsumer progressConsumer(Coordinator coordinator, KafkaAdmin kafkaAdmin) {
		return new ProgressConsumer(coordinator, kafkaAdmin);
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
