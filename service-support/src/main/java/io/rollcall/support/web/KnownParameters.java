package io.rollcall.support.web;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses a query parameter of our REST that the handler does not declare by
 * {@link RequestParam}: ignored, a misspelled one would give another answer than was
 * asked for.
 */
final class KnownParameters extends RequestMappingHandlerMapping {

	static final String OURS = "/api/";

	@Override
	protected void handleMatch(RequestMappingInfo info, HandlerMethod handler, ServerWebExchange exchange) {
		super.handleMatch(info, handler, exchange);
		Set<String> asked = exchange.getRequest().getQueryParams().keySet();
		if (asked.isEmpty() || !exchange.getRequest().getPath().value().startsWith(OURS)) {
			return;
		}
		Set<String> known = Arrays.stream(handler.getMethodParameters())
			.filter((parameter) -> parameter.hasParameterAnnotation(RequestParam.class))
			.map(KnownParameters::name)
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> unknown = new TreeSet<>(asked);
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw Problems.invalid("Unknown query parameter %s; %s".formatted(String.join(", ", unknown),
					known.isEmpty() ? "there is none here" : "the ones that exist are " + String.join(", ", known)));
		}
	}

	private static String name(MethodParameter parameter) {
		RequestParam declared = parameter.getParameterAnnotation(RequestParam.class);
		return (declared != null && StringUtils.hasText(declared.name())) ? declared.name()
				: String.valueOf(parameter.getParameter().getName());
	}

}
