package io.rollcall.reconciler;

import java.time.InstantSource;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.projection.Projection;
import io.rollcall.reconciler.kafka.projection.ProjectionContainer;
import io.rollcall.reconciler.kafka.projection.ProjectionSettings;
import io.rollcall.reconciler.mongo.projection.MongoCurrentStates;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.ContainerFailures;
import io.rollcall.support.kafka.KafkaSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the projection to Kafka and MongoDB. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionSettings.class)
class ProjectionConfiguration {

	@Bean
	ProjectionContainer projectionContainer(KafkaSettings kafka, ProjectionSettings settings, MongoDatabase database,
			DeadLetters letters, ContainerFailures failures, InstantSource clock,
			ObjectProvider<CrashPoints> crashPoints) {
		Projection projection = new Projection(new MongoCurrentStates(database),
				crashPoints.getIfAvailable(() -> CrashPoints.NONE));
		return new ProjectionContainer(kafka, settings, projection, letters, failures, clock);
	}

}
