package io.rollcall.reconciler.kafka;

import java.util.List;
import java.util.function.Consumer;

import io.rollcall.reconciler.flow.Reconciling;
import io.rollcall.reconciler.flow.loss.LostObservations;
import io.rollcall.support.kafka.AfterLoss;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;

/** The functions that Spring Cloud Stream binds, by the names in the configuration. */
@Configuration(proxyBeanMethods = false)
class KafkaConfiguration {

	@Bean
	Consumer<Message<List<byte[]>>> observations(Reconciling reconciling) {
		return new ObservationsFunction(reconciling);
	}

	@Bean
	AfterLoss afterLostObservations(LostObservations losses) {
		return new AfterLostObservations(losses);
	}

}
