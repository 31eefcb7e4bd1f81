package io.rollcall.support.kafka;

import java.util.Map;

import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;

/**
 * Starts consuming, bindings and containers made by hand, when the topics are there,
 * after the web server and without holding up the start: a service whose brokers are away
 * answers its readiness probe, and begins by itself when they come.
 */
final class DeferredConsumers extends InputBindingLifecycle {

	private final TopicProvisioner topics;

	private final ListenerContainers containers;

	private volatile boolean wanted;

	DeferredConsumers(BindingService bindingService, Map<String, Bindable> bindables, TopicProvisioner topics,
			ListenerContainers containers) {
		super(bindingService, bindables);
		this.topics = topics;
		this.containers = containers;
	}

	@Override
	public void start() {
		this.wanted = true;
		Thread.ofVirtual().name("consumers").start(this::startWhenTopicsAreThere);
	}

	@Override
	public void stop() {
		synchronized (this) {
			this.wanted = false;
			this.containers.stop();
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
		if (this.topics.provision(this::isRunning)) {
			synchronized (this) {
				if (this.wanted) {
					this.containers.start();
					super.start();
				}
			}
		}
	}

}
