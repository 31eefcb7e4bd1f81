package io.rollcall.support.kafka;

import java.util.Map;

import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;

/**
 * Starts consuming when the topics are there, after the web server and without holding up
 * the start: a service whose brokers are away answers its readiness probe, and begins by
 * itself when they come.
 */
final class DeferredInputBindings extends InputBindingLifecycle {

	private final TopicProvisioner topics;

	private volatile boolean wanted;

	DeferredInputBindings(BindingService bindingService, Map<String, Bindable> bindables, TopicProvisioner topics) {
		super(bindingService, bindables);
		this.topics = topics;
	}

	@Override
	public void start() {
		this.wanted = true;
		Thread.ofVirtual().name("input-bindings").start(this::startWhenTopicsAreThere);
	}

	@Override
	public void stop() {
		synchronized (this) {
			this.wanted = false;
			super.stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.wanted;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	private void startWhenTopicsAreThere() {
		if (this.topics.awaitReady()) {
			synchronized (this) {
				if (this.wanted) {
					super.start();
				}
			}
		}
	}

}
