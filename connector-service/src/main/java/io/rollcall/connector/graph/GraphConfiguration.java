package io.rollcall.connector.graph;

import java.time.InstantSource;
import java.util.concurrent.Executors;

import io.rollcall.connector.flow.Subscriptions;
import io.rollcall.connector.flow.Tenants;
import okhttp3.OkHttpClient;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the parts that talk to Graph. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GraphSettings.class)
public class GraphConfiguration {

	/** Graph's clients block, and virtual threads make that cheap. */
	@Bean(destroyMethod = "dispose")
	Scheduler graphCalls() {
		return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "graph");
	}

	@Bean
	OkHttpClient graphHttp(GraphSettings settings) {
		return HttpClients.create(settings);
	}

	@Bean
	GraphClients graphClients(GraphSettings settings, OkHttpClient graphHttp) {
		return new GraphClients(settings, graphHttp, new Tokens(settings, graphHttp));
	}

	@Bean
	Tenants tenants(GraphClients clients, InstantSource clock, Scheduler graphCalls) {
		return new GraphTenants(clients, new Failures(clock), graphCalls);
	}

	@Bean
	Subscriptions subscriptions(GraphClients clients, InstantSource clock, Scheduler graphCalls,
			@Value("${rollcall.public-url:}") String publicUrl) {
		return new GraphSubscriptions(clients, new Failures(clock),
				publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl, graphCalls);
	}

}
