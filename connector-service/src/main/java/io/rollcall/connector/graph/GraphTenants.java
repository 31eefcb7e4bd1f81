package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.read.Tenants;
import io.rollcall.connector.flow.read.Tenants.Page;
import io.rollcall.connector.graph.Failures.Asked;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.run.Problem;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Tenants, read from Graph over HTTP. */
final class GraphTenants implements Tenants {

	private final GraphClients clients;

	private final Failures failures;

	GraphTenants(GraphClients clients, Failures failures) {
		this.clients = clients;
		this.failures = failures;
	}

	@Override
	public Answer<Page> page(Connection connection, Resource resource, @Nullable String link, List<String> attributes) {
		PageParser parser = new PageParser(resource, attributes);
		String url = (link != null) ? link : firstPage(resource, attributes);
		return get(connection, url, (link != null) ? Asked.LINK : Asked.FIRST_PAGE, parser::page);
	}

	@Override
	public Answer<List<Cell>> object(Connection connection, Resource resource, ObjectId object,
			List<String> attributes) {
		String url = path(resource) + "/" + encoded(object.value()) + "?$select="
				+ encoded(String.join(",", named(attributes)));
		return get(connection, (resource == Resource.USERS) ? url + "&$expand=" + encoded("manager($select=id)") : url,
				Asked.OTHER, new PageParser(resource, attributes)::single);
	}

	@Override
	public Answer<Related> related(Connection connection, Resource resource, ObjectId object, @Nullable String link) {
		String relation = (resource == Resource.USERS) ? "/memberOf" : "/members";
		String url = (link != null) ? link : path(resource) + "/" + encoded(object.value()) + relation + "?$select=id";
		return get(connection, url, Asked.OTHER, PageParser::related);
	}

	@Override
	public Answer<Boolean> isDeleted(Connection connection, ObjectId object) {
		Answer<Boolean> answer = get(connection,
				this.clients.endpoint() + "/directory/deletedItems/" + encoded(object.value()), Asked.OTHER,
				(_) -> true);
		return (answer instanceof Answer.Failed<Boolean>(Failure.NotFound _)) ? new Answer.Got<>(false) : answer;
	}

	@Override
	public Answer<Boolean> accepts(Connection connection) {
		return this.failures.translated(() -> {
			this.clients.tokens(connection).get();
			return new Answer.Got<>(true);
		});
	}

	@Override
	public void forget(ConnectionId connection) {
		this.clients.forget(connection);
	}

	private String firstPage(Resource resource, List<String> attributes) {
		List<String> names = named(attributes);
		names.add((resource == Resource.USERS) ? "manager" : "members");
		return path(resource) + "/delta?$select=" + encoded(String.join(",", names));
	}

	private String path(Resource resource) {
		return this.clients.endpoint() + switch (resource) {
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

	/** Reads an answer's body. */
	private interface Reader<T> {

		T read(InputStream body);

	}

	private <T> Answer<T> get(Connection connection, String url, Asked asked, Reader<T> reader) {
		return this.failures.translated(() -> this.clients.inTurn(() -> {
			Answer<T> answer = once(connection, url, asked, reader);
			if (answer instanceof Answer.Failed<T>(Failure.Denied denied)
					&& denied.code() == Problem.Code.CREDENTIAL_REJECTED) {
				// The token may have been revoked before its time: one try with a new
				// one.
				this.clients.tokens(connection).forget();
				return once(connection, url, asked, reader);
			}
			return answer;
		}));
	}

	private <T> Answer<T> once(Connection connection, String url, Asked asked, Reader<T> reader) throws IOException {
		try (Response response = this.clients.get(connection, url)) {
			ResponseBody body = response.body();
			if (response.isSuccessful() && body != null) {
				return new Answer.Got<>(reader.read(body.byteStream()));
			}
			ErrorBody error = ErrorBody.read((body != null) ? body.byteStream() : InputStream.nullInputStream());
			return new Answer.Failed<>(
					this.failures.ofStatus(response.code(),
							response.headers("Retry-After").isEmpty() ? null
									: String.join(",", response.headers("Retry-After")),
							error.code(), error.message(), asked));
		}
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
