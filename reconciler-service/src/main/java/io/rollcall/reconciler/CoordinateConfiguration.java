package io.rollcall.reconciler;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.apply.Outbound;
import io.rollcall.reconciler.flow.coordinate.Coordinator;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.preview.Previewer;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Places;
import io.rollcall.reconciler.flow.view.Importing;
import io.rollcall.reconciler.flow.view.Removals;
import io.rollcall.reconciler.flow.view.Settling;
import io.rollcall.reconciler.kafka.ProgressConsumer;
import io.rollcall.reconciler.mongo.coordinate.MongoConnections;
import io.rollcall.reconciler.mongo.coordinate.MongoCoordinations;
import io.rollcall.reconciler.mongo.coordinate.MongoDirectory;
import io.rollcall.reconciler.mongo.coordinate.MongoNestings;
import io.rollcall.reconciler.mongo.coordinate.MongoRuns;
import io.rollcall.reconciler.mongo.coordinate.MongoStagedEntries;
import io.rollcall.reconciler.mongo.coordinate.MongoToDecide;
import io.rollcall.reconciler.mongo.preview.MongoDrafts;
import io.rollcall.reconciler.mongo.preview.MongoPreviews;
import io.rollcall.reconciler.mongo.Storage;
import io.rollcall.reconciler.mongo.view.MongoViews;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.support.kafka.OnLoss;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Joins the coordinator, and what people look at and ask for, to MongoDB and Kafka. */
@Configuration(proxyBeanMethods = false)
@Import({ MongoViews.class, MongoDrafts.class, MongoPreviews.class, Previewer.class, Acts.class, Importing.class,
		Places.class, Removals.class, Settling.class, Coordinator.class, ProgressConsumer.class })
class CoordinateConfiguration {

	private static final int WALKED_AT_ONCE = 20_000;

	@Bean
	Ports coordinatePorts(MongoDatabase database, Storage storage, Outbound outbound, InstantSource clock) {
		return new Ports(new MongoCoordinations(database, storage), new MongoRuns(database),
				new MongoStagedEntries(database), new MongoToDecide(database),
				new MongoDirectory(database, WALKED_AT_ONCE), new MongoNestings(database, WALKED_AT_ONCE),
				new MongoConnections(database), outbound, clock);
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
