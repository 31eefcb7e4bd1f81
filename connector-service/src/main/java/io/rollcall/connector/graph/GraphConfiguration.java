package io.rollcall.connector.graph;

import java.time.InstantSource;

import io.rollcall.connector.flow.subscription.Subscriptions;
import io.rollcall.connector.flow.read.Tenants;
import okhttp3.OkHttpClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the parts that talk to Graph. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GraphSettings.class)
public class GraphConfiguration {

	@Bean
	OkHttpClient graphHttp(GraphSettings settings) {
		return HttpClients.create(settings);
	}

	@Bean
	GraphClients graphClients(GraphSettings settings, OkHttpClient graphHttp) {
		return new GraphClients(settings, graphHttp);
	}

	@Bean
	Tenants tenants(GraphClients clients, InstantSource clock) {
		return new GraphTenants(clients, new Failures(clock));
	}

	@Bean
	Subscriptions subscriptions(GraphClients clients, InstantSource clock,
			@Value("${rollcall.public-url:}") String publicUrl) {
		return new GraphSubscriptions(clients, new Failures(clock),
				publicUrl.endsWith("/") ? publicUrl.substring(0, publicUrl.length() - 1) : publicUrl);
	}

}
