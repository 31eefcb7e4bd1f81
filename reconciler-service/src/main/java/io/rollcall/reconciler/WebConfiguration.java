package io.rollcall.reconciler;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.view.AccountViews;
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

}
