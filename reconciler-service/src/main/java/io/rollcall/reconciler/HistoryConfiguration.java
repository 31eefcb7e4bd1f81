package io.rollcall.reconciler;

import java.time.Duration;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.history.Histories;
import io.rollcall.reconciler.kafka.HistoryConsumer;
import io.rollcall.reconciler.mongo.Storage;
import io.rollcall.reconciler.mongo.history.MongoHistories;
import io.rollcall.support.kafka.ListenerContainers;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the history to MongoDB and Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistoryConfiguration.Settings.class)
class HistoryConfiguration {

	@Bean
	Histories histories(MongoDatabase database, Storage storage, Settings settings) {
		return new MongoHistories(database, storage, settings.kept());
	}

	@Bean
	SmartInitializingSingleton historyContainer(Histories histories, ListenerContainers containers) {
		return () -> new HistoryConsumer(histories).join(containers);
	}

	/**
	 * How long the history is.
	 *
	 * @param kept how long a change is kept
	 */
	@ConfigurationProperties("rollcall.history")
	record Settings(@DefaultValue("400d") Duration kept) {
	}

}
