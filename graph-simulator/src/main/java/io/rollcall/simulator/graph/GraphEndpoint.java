package io.rollcall.simulator.graph;

import java.time.Duration;
import java.time.InstantSource;

import io.rollcall.simulator.faults.Clocks;
import io.rollcall.simulator.faults.Faults;
import io.rollcall.simulator.faults.Latencies;
import io.rollcall.simulator.faults.Throttling;
import io.rollcall.simulator.identity.AccessTokens;
import io.rollcall.simulator.identity.AppRegistrations;
import io.rollcall.simulator.notifications.Handshake;
import io.rollcall.simulator.notifications.Subscriptions;
import reactor.core.scheduler.Scheduler;

import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Puts the parts of Graph together and gives them their paths. */
public final class GraphEndpoint {

	private GraphEndpoint() {
	}

	/**
	 * Graph's routes.
	 * @param plainHttp whether notifications may go to plain http hosts other than this
	 * machine
	 * @param tokenLife how old a delta token may get
	 * @param blocking where calls wait that wait for somebody else
	 */
	public static RouterFunction<ServerResponse> of(AccessTokens tokens, AppRegistrations apps, Faults faults,
			Throttling throttling, Latencies latencies, Clocks clocks, Subscriptions subscriptions, Handshake handshake,
			boolean plainHttp, Duration tokenLife, Scheduler blocking, InstantSource clock) {
		ObjectReads objects = new ObjectReads(clock);
		GraphRoutes routes = new GraphRoutes(new DeltaReads(clock, tokenLife), objects, new MemberReads(objects),
				new DeletedItems(), new DirectoryObjectCalls(), new ApplicationReads(apps),
				new SubscriptionCalls(subscriptions, handshake, plainHttp, clock));
		GraphHandler handler = new GraphHandler(tokens, faults, throttling, latencies, clocks, routes, blocking);
		return RouterFunctions.route(RequestPredicates.path("/v1.0/**").or(RequestPredicates.path("/beta/**")),
				handler::handle);
	}

}
