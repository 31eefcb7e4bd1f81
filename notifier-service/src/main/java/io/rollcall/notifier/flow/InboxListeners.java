package io.rollcall.notifier.flow;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.notifier.rules.InboxId;

/** Those who follow an inbox at this instance, to be told when to look into it. */
public final class InboxListeners {

	private final Map<InboxId, Set<Runnable>> listeners = new ConcurrentHashMap<>();

	public void add(InboxId inbox, Runnable listener) {
		this.listeners.compute(inbox, (id, others) -> {
			Set<Runnable> all = (others != null) ? others : ConcurrentHashMap.newKeySet();
			all.add(listener);
			return all;
		});
	}

	public void remove(InboxId inbox, Runnable listener) {
		this.listeners.computeIfPresent(inbox, (id, all) -> {
			all.remove(listener);
			return all.isEmpty() ? null : all;
		});
	}

	/** Something came into the inbox. */
	public void wake(InboxId inbox) {
		this.listeners.getOrDefault(inbox, Set.of()).forEach(Runnable::run);
	}

	/** Something may have come into any inbox. */
	public void wakeAll() {
		List.copyOf(this.listeners.values()).forEach((all) -> all.forEach(Runnable::run));
	}

}
