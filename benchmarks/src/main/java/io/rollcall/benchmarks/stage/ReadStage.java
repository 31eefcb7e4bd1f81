package io.rollcall.benchmarks.stage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Page;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.Tenants;
import io.rollcall.connector.graph.GraphConfiguration;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.Selection;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Reads and parses all delta pages of a tenant, one after the other, as the connector.
 */
final class ReadStage implements AutoCloseable {

	private static final List<Resource> ORDER = List.of(Resource.UNITS, Resource.GROUPS, Resource.USERS);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final Tenants tenants;

	ReadStage(Graph graph) {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("benchmark",
					Map.of("rollcall.graph.base-url", graph.baseUrl(), "rollcall.graph.authority", graph.authority())));
		this.context.registerBean(InstantSource.class, InstantSource::system);
		this.context.register(GraphConfiguration.class);
		this.context.refresh();
		this.tenants = this.context.getBean(Tenants.class);
	}

	/** All pages: units, groups, users last. */
	List<Page> read(Graph.Tenant tenant) {
		Connection connection = new Connection(new ConnectionId("stage"), new OrganizationId("stage"), "stage",
				tenant.id(), tenant.appId(), new Secret(tenant.secret()), null, Connection.Status.ACTIVE, Instant.EPOCH,
				null, Selection.DEFAULT, new Secret("none"), Instant.EPOCH, Instant.EPOCH);
		List<Page> pages = new ArrayList<>();
		for (Resource resource : ORDER) {
			@Nullable String link = null;
			do {
				Page page = page(connection, resource, link);
				pages.add(page);
				link = page.nextLink();
			}
			while (link != null);
		}
		return pages;
	}

	private Page page(Connection connection, Resource resource, @Nullable String link) {
		Answer<Page> answer = this.tenants.page(connection, resource, link).block(Duration.ofMinutes(1));
		return switch (answer) {
			case Answer.Got<Page>(Page page) -> page;
			case Answer.Failed<Page>(var failure) -> throw new IllegalStateException("Graph: " + failure);
			case null -> throw new IllegalStateException("Graph answered nothing");
		};
	}

	@Override
	public void close() {
		this.context.close();
	}

}
