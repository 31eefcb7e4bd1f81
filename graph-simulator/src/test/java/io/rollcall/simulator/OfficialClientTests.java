package io.rollcall.simulator;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IClientCredential;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import com.microsoft.aad.msal4j.MsalServiceException;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.directoryobjects.getbyids.GetByIdsPostRequestBody;
import com.microsoft.graph.models.DirectoryObject;
import com.microsoft.graph.models.Subscription;
import com.microsoft.graph.models.User;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.delta.DeltaGetResponse;
import com.microsoft.kiota.authentication.AccessTokenProvider;
import com.microsoft.kiota.authentication.AllowedHostsValidator;
import com.microsoft.kiota.authentication.BaseBearerTokenAuthenticationProvider;
import io.rollcall.simulator.control.World;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Microsoft's own clients, which must not notice where they are. */
class OfficialClientTests {

	private final Simulator tenant = Simulator.tenant(500);

	private final GraphServiceClient graph = new GraphServiceClient(
			new BaseGraphRequestAdapter(new BaseBearerTokenAuthenticationProvider(new FixedToken(this.tenant.bearer())),
					Simulator.url() + "/v1.0"));

	@Test
	void msal4jGetsATokenThatGraphTakes() throws Exception {
		String token = msal("simulator-secret").acquireToken(scope()).get().accessToken();
		this.tenant.use(token);
		assertThat(this.tenant.get("/users").status()).isEqualTo(200);
	}

	@Test
	void msal4jSignsInWithACertificate() throws Exception {
		OwnCertificate certificate = OwnCertificate.create();
		this.tenant.control("PUT", "/apps/" + World.DEFAULT_APP,
				"{\"certificates\":[\"%s\"]}".formatted(certificate.pem()));
		this.tenant
			.use(msal(ClientCredentialFactory.createFromCertificate(certificate.key(), certificate.certificate()))
				.acquireToken(scope())
				.get()
				.accessToken());
		assertThat(this.tenant.get("/users").status()).isEqualTo(200);
	}

	@Test
	void msal4jExchangesATokenThatIsReadAnewEachTime() throws Exception {
		String issuer = Simulator.url() + "/control/issuers/msal";
		this.tenant.call("PUT", issuer, "{}");
		this.tenant.control("PUT", "/apps/" + World.DEFAULT_APP,
				"{\"federatedCredentials\":[{\"issuer\":\"%s/issuers/msal\",\"subject\":\"me\"}]}"
					.formatted(Simulator.url()));
		AtomicInteger read = new AtomicInteger();
		ConfidentialClientApplication client = msal(ClientCredentialFactory.createFromCallback(() -> {
			read.incrementAndGet();
			return this.tenant.call("POST", issuer + "/tokens", "{\"subject\":\"me\"}").json().path("token").asString();
		}));
		for (int i = 0; i < 2; i++) {
			this.tenant.use(
					client
						.acquireToken(ClientCredentialParameters.builder(Set.of("https://graph.microsoft.com/.default"))
							.skipCache(true)
							.build())
						.get()
						.accessToken());
			assertThat(this.tenant.get("/users").status()).isEqualTo(200);
		}
		assertThat(read).hasValue(2);
	}

	@Test
	void msal4jIsToldThatTheSecretIsWrong() {
		assertThatThrownBy(() -> msal("wrong").acquireToken(scope()).get()).cause()
			.isInstanceOfSatisfying(MsalServiceException.class, (ex) -> {
				assertThat(ex.errorCode()).isEqualTo("invalid_client");
				assertThat(ex.getMessage()).contains("AADSTS7000215");
			});
	}

	@Test
	void pageIteratorReadsADeltaToItsLink() throws Exception {
		List<String> ids = new ArrayList<>();
		DeltaGetResponse first = this.graph.users().delta().get((request) -> {
			request.queryParameters.select = new String[] { "id", "displayName", "mail", "manager" };
		});
		PageIterator<User, DeltaGetResponse> pages = new PageIterator.Builder<User, DeltaGetResponse>()
			.client(this.graph)
			.collectionPage(first)
			.collectionPageFactory(DeltaGetResponse::createFromDiscriminatorValue)
			.processPageItemCallback((user) -> ids.add(user.getId()))
			.build();
		pages.iterate();
		assertThat(pages.getPageIteratorState()).isEqualTo(PageIterator.PageIteratorState.DELTA);
		assertThat(ids).hasSize(500).doesNotHaveDuplicates();
		this.tenant.act("rename user:3 Hopper");
		DeltaGetResponse changes = this.graph.users().delta().withUrl(pages.getDeltaLink()).get();
		assertThat(changes.getValue()).extracting(User::getDisplayName).containsExactly("Hopper");
	}

	@Test
	void typedSubscriptionsAreCreatedRenewedAndDeleted() {
		try (Webhook webhook = new Webhook()) {
			Subscription wanted = new Subscription();
			wanted.setResource("/users");
			wanted.setChangeType("updated,deleted");
			wanted.setNotificationUrl(webhook.url());
			wanted.setClientState("secret");
			wanted.setExpirationDateTime(OffsetDateTime.now().plusHours(2));
			Subscription created = this.graph.subscriptions().post(wanted);
			assertThat(created.getApplicationId()).isEqualTo(World.DEFAULT_APP);
			this.tenant.act("rename user:3 Hopper");
			await().until(() -> webhook.items().size() == 1);
			Subscription renewal = new Subscription();
			renewal.setExpirationDateTime(OffsetDateTime.now().plusDays(2));
			Subscription renewed = this.graph.subscriptions().bySubscriptionId(created.getId()).patch(renewal);
			assertThat(renewed.getExpirationDateTime()).isAfter(created.getExpirationDateTime());
			this.graph.subscriptions().bySubscriptionId(created.getId()).reauthorize().post();
			assertThat(this.graph.subscriptions().get().getValue()).hasSize(1);
			this.graph.subscriptions().bySubscriptionId(created.getId()).delete();
			assertThat(this.graph.subscriptions().get().getValue()).isEmpty();
		}
	}

	@Test
	void getByIdsAndGroupsAndUnitsAndOrganizationAreTyped() {
		List<User> users = this.graph.users().get((request) -> request.queryParameters.top = 3).getValue();
		GetByIdsPostRequestBody body = new GetByIdsPostRequestBody();
		body.setIds(users.stream().map(User::getId).toList());
		body.setTypes(List.of("user"));
		List<DirectoryObject> found = this.graph.directoryObjects().getByIds().post(body).getValue();
		assertThat(found).hasSize(3).allMatch(User.class::isInstance);
		assertThat(this.graph.groups().delta().get().getValue().getFirst().getAdditionalData())
			.containsKey("members@delta");
		assertThat(this.graph.directory().administrativeUnits().delta().get().getValue()).isNotEmpty();
		assertThat(this.graph.organization().get().getValue().getFirst().getId()).isEqualTo(this.tenant.id());
	}

	@Test
	void theRecycleBinIsReadThroughTheShortCast() {
		String person = this.tenant.act("delete user:3").getFirst();
		assertThat(this.graph.directory().deletedItems().graphUser().get().getValue()).extracting(User::getId)
			.containsExactly(person);
		assertThat(this.graph.directory().deletedItems().byDirectoryObjectId(person).get()).isInstanceOf(User.class);
	}

	@Test
	void errorsAreTyped() {
		assertThatThrownBy(() -> this.graph.users().byUserId("nobody").get()).isInstanceOfSatisfying(ODataError.class,
				(error) -> assertThat(error.getError().getCode()).isEqualTo("Request_ResourceNotFound"));
		this.tenant.fault("{\"kind\":\"GONE\",\"path\":\"/users/delta\"}");
		assertThatThrownBy(() -> this.graph.users().delta().get()).isInstanceOfSatisfying(ODataError.class,
				(error) -> assertThat(error.getResponseStatusCode()).isEqualTo(410));
	}

	@Test
	void theSdkWaitsWhenItIsThrottled() {
		this.tenant.fault("{\"kind\":\"THROTTLED\",\"path\":\"/users\",\"retryAfter\":\"0\",\"times\":2}");
		assertThat(this.graph.users().get().getValue()).isNotEmpty();
	}

	private ConfidentialClientApplication msal(String secret) throws Exception {
		return msal(ClientCredentialFactory.createFromSecret(secret));
	}

	private ConfidentialClientApplication msal(IClientCredential credential) throws Exception {
		return ConfidentialClientApplication.builder(World.DEFAULT_APP, credential)
			.authority("https://localhost/" + this.tenant.id())
			.instanceDiscovery(false)
			.httpClient(new PlainHttp())
			.build();
	}

	private static ClientCredentialParameters scope() {
		return ClientCredentialParameters.builder(Set.of("https://graph.microsoft.com/.default")).build();
	}

	/** Sends what msal4j wants to send over https to the simulator's plain port. */
	private static final class PlainHttp implements IHttpClient {

		@Override
		public IHttpResponse send(HttpRequest request) {
			URI uri = URI.create(request.url().toString());
			Map<String, String> headers = new HashMap<>(request.headers());
			headers.remove("Content-Length");
			java.net.http.HttpResponse<byte[]> answer = Simulator.raw(request.httpMethod().name(),
					Simulator.url() + uri.getRawPath(), request.body(), headers);
			HttpResponse response = new HttpResponse();
			response.statusCode(answer.statusCode());
			response.body(new String(answer.body()));
			response.addHeaders(answer.headers().map());
			return response;
		}

	}

	private record FixedToken(String token) implements AccessTokenProvider {

		@Override
		public String getAuthorizationToken(URI uri, @Nullable Map<String, Object> context) {
			return this.token;
		}

		@Override
		public AllowedHostsValidator getAllowedHostsValidator() {
			return new AllowedHostsValidator();
		}

	}

}
