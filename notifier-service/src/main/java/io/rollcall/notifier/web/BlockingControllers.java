package io.rollcall.notifier.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Controllers call the ports directly, so they run on threads that may wait. */
@Configuration(proxyBeanMethods = false)
class BlockingControllers implements WebFluxConfigurer {

	@Override
	public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
		configurer.setExecutor(new VirtualThreadTaskExecutor("web-")).setControllerMethodPredicate((method) -> true);
	}

}
