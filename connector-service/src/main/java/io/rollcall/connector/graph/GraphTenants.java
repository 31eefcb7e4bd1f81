package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Item;
import io.rollcall.connector.flow.Page;
import io.rollcall.connector.flow.Tenants;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.run.Problem;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Tenants, read from Graph over HTTP. */
final class GraphTenants implements Tenants {

	private final GraphClients clients;

	private final Failures failures;

	private final Scheduler blocking;

	GraphTenants(GraphClients clients, Failures failures, Scheduler blocking) {
		this.clients = clients;
		this.failures = failures;
		this.blocking = blocking;
	}

	@Override
	public Mono<Answer<Page>> page(Connection connection, Resource resource, @Nullable String link) {
		String url = (link != null) ? link : firstPage(connection, resource);
		PageParser parser = new PageParser(resource, connection.selection().attributes(resource));
		return asking(() -> get(connection, url, link != null, (body) -> notAgain(parser.page(body), url)));
	}

	@Override
	public Mono<Answer<List<Item>>> person(Connection connection, ObjectId object) {
		return asking(() -> {
			Answer<List<Item>> answer = get(connection, personUrl(connection, object), false,
					(body) -> new PageParser(Resource.USERS, connection.selection().attributes(Resource.USERS))
						.single(body));
			return (answer instanceof Answer.Failed<List<Item>>(Failure.NotFound missing)) ? deleted(connection, object)
					: answer;
		});
	}

	/** A 404 may come from a replica that lags: only the deleted items make it true. */
	private Answer<List<Item>> deleted(Connection connection, ObjectId object) throws IOException {
		return get(connection, this.clients.endpoint() + "/directory/deletedItems/" + encoded(object.value()), false,
				(_) -> List.of(new Item.Gone(object, ObjectKind.USER, Removal.RESTORABLE)));
	}

	private String firstPage(Connection connection, Resource resource) {
		String path = switch (resource) {
			case USERS -> "/users/delta";
			case GROUPS -> "/groups/delta";
			case UNITS -> "/directory/administrativeUnits/delta";
		};
		return this.clients.endpoint() + path + "?$select="
				+ encoded(String.join(",", connection.selection().select(resource)));
	}

	private String personUrl(Connection connection, ObjectId object) {
		List<String> names = connection.selection()
			.select(Resource.USERS)
			.stream()
			.filter((name) -> !name.equals("manager"))
			.toList();
		return this.clients.endpoint() + "/users/" + encoded(object.value()) + "?$select="
				+ encoded(String.join(",", names)) + "&$expand=" + encoded("manager($select=id)");
	}

	/** Reads an answer's body. */
	private interface Reader<T> {

		T read(InputStream body);

	}

	private <T> Answer<T> get(Connection connection, String url, boolean withToken, Reader<T> reader)
			throws IOException {
		Answer<T> answer = once(connection, url, withToken, reader);
		if (answer instanceof Answer.Failed<T>(Failure.Denied denied)
				&& denied.code() == Problem.Code.CREDENTIAL_REJECTED) {
			// The token may have been revoked before its time: one try with a new one.
			this.clients.tokens().forget(connection);
			return once(connection, url, withToken, reader);
		}
		return answer;
	}

	private <T> Answer<T> once(Connection connection, String url, boolean withToken, Reader<T> reader)
			throws IOException {
		try (Response response = this.clients.get(connection, url)) {
			ResponseBody body = response.body();
			if (response.isSuccessful() && body != null) {
				return new Answer.Got<>(reader.read(body.byteStream()));
			}
			ErrorBody error = ErrorBody.read((body != null) ? body.byteStream() : InputStream.nullInputStream());
			return new Answer.Failed<>(this.failures.ofStatus(response.code(),
					response.headers("Retry-After").isEmpty() ? null
							: String.join(",", response.headers("Retry-After")),
					error.code(), error.message(), withToken));
		}
	}

	private <T> Mono<Answer<T>> asking(Callable<Answer<T>> call) {
		return this.failures.translated(call).subscribeOn(this.blocking);
	}

	/** A page that names itself as the next one would never end. */
	private static Page notAgain(Page page, String url) {
		if (url.equals(page.nextLink())) {
			throw new PageParser.Unreadable(new IllegalArgumentException("its nextLink leads to the same page again"));
		}
		return page;
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
