package io.rollcall.standalone;

import java.net.URI;
import java.util.List;

import io.rollcall.standalone.furniture.SimulatedTenant;
import tools.jackson.databind.JsonNode;

/** Lets things happen in the simulated tenant, and knows how it really is. */
public final class TenantControl {

	private final URI simulator;

	TenantControl(URI simulator) {
		this.simulator = simulator;
	}

	/**
	 * Runs a script such as {@code hire Ada Lovelace}; see graph-simulator/README.md.
	 * @return what happened: line, kind, id, member
	 */
	public List<JsonNode> act(String script) {
		return Rest.items(Rest.post(control("/acts"), "text/plain", script).path("performed"));
	}

	/** Runs one act and gives the id of the object that it happened to. */
	public String actOn(String line) {
		return act(line).getFirst().path("id").asString();
	}

	/**
	 * Everything that is so now, one object each: user, group, administrativeUnit,
	 * membership.
	 */
	public List<JsonNode> truth() {
		return Rest.lines(control("/truth"));
	}

	/** Changes the app's registration, for example {@code {"secret":"another"}}. */
	public void app(String json) {
		Rest.put(control("/apps/" + SimulatedTenant.CLIENT_ID), json);
	}

	/**
	 * Lets calls fail, for example
	 * {@code {"kind":"UNAVAILABLE","path":"/users/delta","times":3}}.
	 */
	public void fault(String json) {
		Rest.post(control("/faults"), "application/json", json);
	}

	/** The control API below this tenant. */
	public URI control(String path) {
		return this.simulator.resolve("/control/tenants/" + SimulatedTenant.DOMAIN + path);
	}

}
