package io.rollcall.simulator;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.rollcall.simulator.control.ControlRoutes;
import io.rollcall.simulator.control.World;
import io.rollcall.simulator.faults.Clocks;
import io.rollcall.simulator.faults.Faults;
import io.rollcall.simulator.faults.Latencies;
import io.rollcall.simulator.faults.Throttling;
import io.rollcall.simulator.graph.GraphEndpoint;
import io.rollcall.simulator.identity.AccessTokens;
import io.rollcall.simulator.identity.AppRegistrations;
import io.rollcall.simulator.identity.ConsentEndpoint;
import io.rollcall.simulator.identity.ConsentScripts;
import io.rollcall.simulator.identity.ExternalIssuers;
import io.rollcall.simulator.identity.SignInEndpoint;
import io.rollcall.simulator.identity.TokenEndpoint;
import io.rollcall.simulator.journal.AppFile;
import io.rollcall.simulator.journal.SubscriptionFile;
import io.rollcall.simulator.notifications.Deliveries;
import io.rollcall.simulator.notifications.DeliverySettings;
import io.rollcall.simulator.notifications.Handshake;
import io.rollcall.simulator.notifications.Subscriptions;
import io.rollcall.simulator.script.Scripts;
import io.rollcall.simulator.tenant.Tenants;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Joins the parts of the simulator. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SimulatorSettings.class)
class SimulatorConfiguration {

	/**
	 * Its own event loops: with the shared ones, closing one application of a process
	 * stops the others.
	 */
	@Bean
	ReactorResourceFactory ownEventLoops() {
		ReactorResourceFactory loops = new ReactorResourceFactory();
		loops.setUseGlobalResources(false);
		loops.setShutdownQuietPeriod(Duration.ZERO);
		return loops;
	}

	/** Whoever still waits for an answer will not get one. */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> endsAtOnce() {
		return (factory) -> factory.setLifecycleTimeout(Duration.ofMillis(100));
	}

	/** Closing it would wait for every endpoint that takes its time. */
	@Bean(destroyMethod = "shutdownNow")
	HttpClient webhookClient() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(Duration.ofSeconds(3))
			.build();
	}

	@Bean(destroyMethod = "shutdownNow")
	ExecutorService graphCalls() {
		return Executors.newVirtualThreadPerTaskExecutor();
	}

	@Bean
	World world(HttpClient webhookClient, SimulatorSettings settings) {
		InstantSource clock = InstantSource.system();
		Subscriptions subscriptions = new Subscriptions(clock);
		World world = new World(new Tenants(), new AppRegistrations(), subscriptions,
				new Deliveries(subscriptions, webhookClient, clock, DeliverySettings.DEFAULT), new Faults(),
				new Throttling(clock), new Latencies(), new Clocks(clock), new ExternalIssuers(clock),
				new ConsentScripts(), new Scripts(), clock);
		Path journal = settings.journal();
		if (journal != null) {
			SubscriptionFile.resume(subscriptions, journal);
			AppFile.resume(world.apps(), journal);
		}
		new SeededTenants(world, journal).begin(settings);
		return world;
	}

	@Bean
	RouterFunction<ServerResponse> simulatorRoutes(World world, HttpClient webhookClient, ExecutorService graphCalls,
			SimulatorSettings settings) {
		AccessTokens tokens = new AccessTokens(world.tenants(), world.apps(), world.clock());
		SignInEndpoint signIns = new SignInEndpoint(world.tenants(), world.apps(), world.clock());
		TokenEndpoint tokenEndpoint = new TokenEndpoint(world.tenants(), world.apps(), tokens, world.issuers(), signIns,
				world.clocks(), world.clock());
		return RouterFunctions.route()
			.POST("/{tenant}/oauth2/v2.0/token", new FaultyTokens(tokenEndpoint, world))
			.add(ControlRoutes.of(world))
			.add(new ConsentEndpoint(world.tenants(), world.apps(), world.consents()).routes())
			.add(signIns.routes())
			.add(world.issuers().routes())
			.add(GraphEndpoint.of(tokens, world.apps(), world.faults(), world.throttling(), world.latencies(),
					world.clocks(), world.subscriptions(), new Handshake(webhookClient, settings.handshakeLimit()),
					settings.allowHttpWebhooks(), settings.deltaTokenLife(), Schedulers.fromExecutorService(graphCalls),
					world.clock()))
			.build();
	}

}
