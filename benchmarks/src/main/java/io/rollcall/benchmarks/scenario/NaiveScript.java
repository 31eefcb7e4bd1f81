package io.rollcall.benchmarks.scenario;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.Group;
import com.microsoft.graph.models.User;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import com.microsoft.kiota.serialization.UntypedArray;
import com.microsoft.kiota.serialization.UntypedNode;
import com.microsoft.kiota.serialization.UntypedObject;
import com.microsoft.kiota.serialization.UntypedString;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Http;
import org.bson.Document;

/**
 * What one would write first: the SDK's {@code PageIterator} over users and groups, one
 * majority upsert each. No hints, no rules, no change log, no inbox.
 */
public final class NaiveScript {

	private final Furniture furniture;

	private final Report report;

	public NaiveScript(Furniture furniture, Report report) {
		this.furniture = furniture;
		this.report = report;
	}

	/** Users in a second, with their memberships. */
	public double run(int users) {
		Graph.Tenant tenant = this.furniture.graph().begin(users, 900);
		Report.progress("the naive script, %,d users".formatted(users));
		try (MongoClient mongo = MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(this.furniture.mongoUri()))
			.writeConcern(WriteConcern.MAJORITY)
			.build())) {
			MongoCollection<Document> people = mongo.getDatabase("naive").getCollection("users");
			GraphServiceClient graph = client(tenant);
			long begun = System.nanoTime();
			long written = users(graph, people);
			double first = (System.nanoTime() - begun) / 1e9;
			long memberships = memberships(graph, people);
			double seconds = (System.nanoTime() - begun) / 1e9;
			this.report.table("The naive script: SDK PageIterator, one majority upsert each",
					List.of("users", "memberships", "users alone: users/s", "seconds", "users/s", "memberships/s"),
					List.of(List.of("%,d".formatted(written), "%,d".formatted(memberships),
							Report.number(written / first), Report.number(seconds), Report.number(written / seconds),
							Report.number(memberships / seconds))));
			return written / seconds;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("the SDK's PageIterator failed: " + ex, ex);
		}
	}

	private static long users(GraphServiceClient graph, MongoCollection<Document> people)
			throws ReflectiveOperationException {
		long[] written = new long[1];
		new PageIterator.Builder<User, com.microsoft.graph.users.delta.DeltaGetResponse>().client(graph)
			.collectionPage(java.util.Objects.requireNonNull(graph.users()
				.delta()
				.get((request) -> java.util.Objects.requireNonNull(request.queryParameters).select = new String[] {
						"displayName", "givenName", "surname", "mail", "userPrincipalName", "accountEnabled",
						"userType", "jobTitle", "department" })))
			.collectionPageFactory(com.microsoft.graph.users.delta.DeltaGetResponse::createFromDiscriminatorValue)
			.processPageItemCallback((user) -> {
				people.replaceOne(new Document("_id", user.getId()), document(user), new ReplaceOptions().upsert(true));
				written[0]++;
				return true;
			})
			.build()
			.iterate();
		return written[0];
	}

	private static Document document(User user) {
		return new Document("_id", user.getId()).append("displayName", user.getDisplayName())
			.append("givenName", user.getGivenName())
			.append("surname", user.getSurname())
			.append("mail", user.getMail())
			.append("userPrincipalName", user.getUserPrincipalName())
			.append("accountEnabled", user.getAccountEnabled())
			.append("userType", user.getUserType())
			.append("jobTitle", user.getJobTitle())
			.append("department", user.getDepartment());
	}

	private static long memberships(GraphServiceClient graph, MongoCollection<Document> people)
			throws ReflectiveOperationException {
		long[] written = new long[1];
		new PageIterator.Builder<Group, com.microsoft.graph.groups.delta.DeltaGetResponse>().client(graph)
			.collectionPage(java.util.Objects.requireNonNull(graph.groups()
				.delta()
				.get((request) -> java.util.Objects.requireNonNull(request.queryParameters).select = new String[] {
						"displayName", "members" })))
			.collectionPageFactory(com.microsoft.graph.groups.delta.DeltaGetResponse::createFromDiscriminatorValue)
			.processPageItemCallback((group) -> {
				for (String member : members(group)) {
					people.updateOne(new Document("_id", member),
							new Document("$addToSet",
									new Document("groups",
											new Document("id", group.getId()).append("name", group.getDisplayName()))),
							new UpdateOptions().upsert(true));
					written[0]++;
				}
				return true;
			})
			.build()
			.iterate();
		return written[0];
	}

	private static List<String> members(Group group) {
		Object members = group.getAdditionalData().get("members@delta");
		if (!(members instanceof UntypedArray array)) {
			return List.of();
		}
		List<String> ids = new java.util.ArrayList<>();
		for (UntypedNode node : array.getValue()) {
			if (node instanceof UntypedObject object && object.getValue().get("id") instanceof UntypedString id
					&& !object.getValue().containsKey("@removed")) {
				ids.add(id.getValue());
			}
		}
		return ids;
	}

	private GraphServiceClient client(Graph.Tenant tenant) {
		String token = token(tenant);
		GraphServiceClient client = new GraphServiceClient(new AuthenticationProvider() {
			@Override
			public void authenticateRequest(RequestInformation request, Map<String, Object> context) {
				request.headers.add("Authorization", "Bearer " + token);
			}
		});
		client.getRequestAdapter().setBaseUrl(this.furniture.graph().baseUrl());
		return client;
	}

	private String token(Graph.Tenant tenant) {
		String form = "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s".formatted(tenant.appId(),
				URLEncoder.encode(tenant.secret(), StandardCharsets.UTF_8),
				URLEncoder.encode("https://graph.microsoft.com/.default", StandardCharsets.UTF_8));
		return Http
			.send("POST", this.furniture.graph().authority() + "/" + tenant.id() + "/oauth2/v2.0/token", form,
					"application/x-www-form-urlencoded")
			.get("access_token")
			.asString();
	}

}
