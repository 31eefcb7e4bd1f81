package io.rollcall.simulator;

import java.time.Duration;
import java.util.Locale;

import io.rollcall.simulator.control.World;
import io.rollcall.simulator.faults.FaultKind;
import io.rollcall.simulator.faults.FaultRule;
import io.rollcall.simulator.faults.FaultedCall;
import io.rollcall.simulator.graph.FaultAnswers;
import io.rollcall.simulator.identity.TokenEndpoint;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The token endpoint with the faults that its tenant has for paths beginning with
 * {@code /oauth2}.
 */
record FaultyTokens(TokenEndpoint endpoint, World world) implements HandlerFunction<ServerResponse> {

	@Override
	public Mono<ServerResponse> handle(ServerRequest request) {
		Tenant tenant = this.world.tenants().find(request.pathVariable("tenant").toLowerCase(Locale.ROOT));
		if (tenant == null) {
			return this.endpoint.token(request);
		}
		request.exchange().getResponse().getHeaders().setDate(this.world.clocks().now(tenant.id()).toEpochMilli());
		FaultRule fault = this.world.faults()
			.strike(new FaultedCall(tenant.id(), request.method().name(), "/oauth2/v2.0/token", null, null, null));
		if (fault == null) {
			return this.endpoint.token(request);
		}
		if (fault.kind() == FaultKind.SIGN_IN_ERROR) {
			FaultRule.Answer answer = fault.answer();
			return this.endpoint.refuse(Integer.parseInt(String.valueOf(answer.code())), answer.message());
		}
		if (fault.kind().answers()) {
			return FaultAnswers.send(fault, request);
		}
		return switch (fault.kind()) {
			case HANG -> Mono.never();
			case RESET, TRUNCATED -> FaultAnswers.reset(request);
			case BROKEN_JSON ->
				ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue("{\"token_type\":\"Bea");
			case SLOW -> Mono.delay(Duration.ofMillis(fault.answer().delayMillis()))
				.then(Mono.defer(() -> this.endpoint.token(request)));
			default -> this.endpoint.token(request);
		};
	}

}
