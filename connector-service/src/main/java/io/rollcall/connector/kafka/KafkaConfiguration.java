package io.rollcall.connector.kafka;

import java.time.InstantSource;

import io.rollcall.connector.flow.Announcements;
import io.rollcall.connector.flow.read.Observations;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.KafkaSettings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the parts that publish. */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {

	@Bean
	Observations observations(EventPublisher publisher, InstantSource clock) {
		return new KafkaObservations(publisher, clock);
	}

	@Bean
	Announcements announcements(EventPublisher publisher, InstantSource clock) {
		return new KafkaAnnouncements(publisher, clock);
	}

	@Bean
	KafkaHints hintPublisher(KafkaSettings settings, InstantSource clock) {
		return new KafkaHints(settings, clock);
	}

}
