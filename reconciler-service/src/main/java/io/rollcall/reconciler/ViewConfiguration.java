package io.rollcall.reconciler;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.act.Acts;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.HeldSets;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.coordinate.Runs;
import io.rollcall.reconciler.flow.coordinate.StagedEntries;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.mongo.view.MongoViews;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins what people look at and ask for to MongoDB and Kafka. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {

	@Bean
	Views views(MongoDatabase database) {
		return new MongoViews(database);
	}

	@Bean
	Runs runs(Ports ports) {
		return ports.runs();
	}

	@Bean
	HeldSets heldSets(Ports ports) {
		return ports.heldSets();
	}

	@Bean
	StagedEntries stagedEntries(Ports ports) {
		return ports.entries();
	}

	@Bean
	Connections connections(Ports ports) {
		return ports.connections();
	}

	@Bean
	Acts acts(Ports ports, Views views, InstantSource clock) {
		return new Acts(ports.connections(), ports.heldSets(), views, ports.publications(), clock);
	}

}
