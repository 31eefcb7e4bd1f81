package io.rollcall.connector.kafka;

import java.time.InstantSource;
import java.util.concurrent.Executors;

import io.rollcall.connector.flow.Hints;
import io.rollcall.connector.flow.Lags;
import io.rollcall.connector.flow.Observations;
import io.rollcall.connector.flow.RunEvents;
import io.rollcall.support.kafka.EventPublisher;
import org.apache.kafka.clients.admin.Admin;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the parts that publish. */
@Configuration(proxyBeanMethods = false)
public class KafkaConfiguration {

	/** Sending blocks when the brokers are away. */
	@Bean(destroyMethod = "dispose")
	Scheduler kafkaSends() {
		return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "kafka");
	}

	@Bean
	Observations observations(EventPublisher publisher, Scheduler kafkaSends, InstantSource clock) {
		return new KafkaObservations(publisher, kafkaSends, clock);
	}

	@Bean
	RunEvents runEvents(EventPublisher publisher, Scheduler kafkaSends) {
		return new KafkaRunEvents(publisher, kafkaSends);
	}

	@Bean
	Hints hintPublisher(EventPublisher publisher, Scheduler kafkaSends, InstantSource clock) {
		return new KafkaHints(publisher, kafkaSends, clock);
	}

	@Bean
	Lags lags(Admin admin, Scheduler kafkaSends) {
		return new KafkaLags(admin, kafkaSends);
	}

}
