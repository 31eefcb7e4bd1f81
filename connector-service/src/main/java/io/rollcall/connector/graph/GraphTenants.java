package io.rollcall.connector.graph;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Tenants;
import io.rollcall.connector.flow.Tenants.Page;
import io.rollcall.connector.graph.Failures.Asked;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import org.jspecify.annotations.Nullable;

/** Tenants, read from Graph over HTTP. */
final class GraphTenants implements Tenants {

	/** The link of the empty chain that a resource has which is switched off. */
	private static final String OFF = "off";

	private final GraphHttp graph;

	GraphTenants(GraphHttp graph) {
		this.graph = graph;
	}

	@Override
	public Answer<Page> page(Connection connection, Resource resource, @Nullable String link, List<String> attributes) {
		boolean off = OFF.equals(link);
		if (link != null && off == connection.reads(resource)) {
			return new Answer.Failed<>(
					new Failure.LinkExpired(resource + " were switched " + (off ? "on again" : "off")));
		}
		if (!connection.reads(resource)) {
			return new Answer.Got<>(new Page(List.of(), 0, null, OFF));
		}
		PageParser parser = new PageParser(resource, attributes);
		String url = (link != null) ? link : firstPage(resource, attributes);
		return this.graph.get(connection, url, (link != null) ? Asked.LINK : Asked.FIRST_PAGE, parser::page);
	}

	@Override
	public Answer<Cell.ObjectRead> object(Connection connection, Resource resource, ObjectId object,
			List<String> attributes) {
		String url = path(resource) + "/" + encoded(object.value()) + "?$select="
				+ encoded(String.join(",", named(attributes)));
		return this.graph.get(connection,
				(resource == Resource.USERS) ? url + "&$expand=" + encoded("manager($select=id)") : url, Asked.OTHER,
				new PageParser(resource, attributes)::single);
	}

	@Override
	public Answer<Related> related(Connection connection, Resource resource, ObjectId object, @Nullable String link) {
		String relation = (resource == Resource.USERS) ? "/memberOf" : "/members";
		String url = (link != null) ? link : path(resource) + "/" + encoded(object.value()) + relation + "?$select=id";
		return this.graph.get(connection, url, Asked.OTHER, PageParser::related);
	}

	@Override
	public Answer<Boolean> isDeleted(Connection connection, ObjectId object) {
		Answer<Boolean> answer = this.graph.get(connection,
				this.graph.endpoint() + "/directory/deletedItems/" + encoded(object.value()), Asked.OTHER, (_) -> true);
		return (answer instanceof Answer.Failed<Boolean>(Failure.NotFound _)) ? new Answer.Got<>(false) : answer;
	}

	@Override
	public Answer<Boolean> accepts(Connection connection) {
		return this.graph.accepts(connection);
	}

	@Override
	public Answer<Set<Feature>> granted(Connection connection) {
		return this.graph.granted(connection);
	}

	@Override
	public void forget(ConnectionId connection) {
		this.graph.forget(connection);
	}

	private String firstPage(Resource resource, List<String> attributes) {
		List<String> names = named(attributes);
		names.add((resource == Resource.USERS) ? "manager" : "members");
		return path(resource) + "/delta?$select=" + encoded(String.join(",", names));
	}

	private String path(Resource resource) {
		return this.graph.endpoint() + switch (resource) {
			case USERS -> "/users";
			case GROUPS -> "/groups";
			case UNITS -> "/directory/administrativeUnits";
		};
	}

	private static List<String> named(List<String> attributes) {
		List<String> names = new ArrayList<>(List.of("id"));
		names.addAll(attributes);
		return names;
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
