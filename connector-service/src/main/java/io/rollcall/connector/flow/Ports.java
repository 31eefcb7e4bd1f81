package io.rollcall.connector.flow;

import io.rollcall.support.DeadLetters;

/** All ports. */
public record Ports(Connections connections, Sources sources, SyncStates states, Tenants tenants,
		Subscriptions subscriptions, Publications publications, WantedObjects wanted, DeadLetters deadLetters) {
}
