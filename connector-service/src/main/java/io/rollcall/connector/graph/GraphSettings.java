package io.rollcall.connector.graph;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Graph.
 *
 * @param cloud which of Microsoft's clouds
 * @param baseUrl instead of the cloud's; plain http only for a loopback host
 * @param authority where tokens come from, instead of the cloud's
 * @param caFile certificates (PEM) that are trusted besides the usual ones
 * @param concurrentRequests of all connections together
 * @param app the installation's own application, which tenants may give consent to
 * @param federations issuers whose tokens an application may trust, by name
 */
@ConfigurationProperties("rollcall.graph")
public record GraphSettings(@DefaultValue("global") Cloud cloud, @Nullable URI baseUrl, @Nullable URI authority,
		@Nullable Path caFile, @DefaultValue("32") int concurrentRequests, @Nullable App app,
		@DefaultValue Map<String, Federated> federations) {

	/**
	 * Microsoft's clouds.
	 *
	 * @see <a href="https://learn.microsoft.com/graph/deployments">National clouds</a>
	 */
	public enum Cloud {

		GLOBAL("https://graph.microsoft.com", "https://login.microsoftonline.com"),
		US_GOV("https://graph.microsoft.us", "https://login.microsoftonline.us"),
		US_DOD("https://dod-graph.microsoft.us", "https://login.microsoftonline.us"),
		CHINA("https://microsoftgraph.chinacloudapi.cn", "https://login.chinacloudapi.cn");

		private final URI graph;

		private final URI login;

		Cloud(String graph, String login) {
			this.graph = URI.create(graph);
			this.login = URI.create(login);
		}

	}

	/**
	 * A multi-tenant application. Its registration must have the address
	 * {@code ROLLCALL_PUBLIC_URL/consent/…} as redirect URIs, and the directory roles in
	 * its tokens (groupMembershipClaims).
	 *
	 * @param certificateFile PEM with certificate and PKCS#8 key, instead of a secret
	 * @param federation the name of one, instead of a secret
	 */
	public record App(String clientId, @Nullable String clientSecret, @Nullable Path certificateFile,
			@Nullable String federation) {

		@Override
		public String toString() {
			return this.clientId;
		}

	}

	/**
	 * Where the token of an issuer comes from: a file, or the issuer's token endpoint.
	 *
	 * @param tokenFile kept new by somebody else, such as Kubernetes
	 * @param tokenUri an OAuth token endpoint that gives a JWT for client credentials
	 * @param audience what the token is to be for
	 */
	public record Federated(@Nullable Path tokenFile, @Nullable URI tokenUri, @Nullable String clientId,
			@Nullable String clientSecret, @DefaultValue("api://AzureADTokenExchange") String audience) {

		public Federated {
			if ((tokenFile == null) == (tokenUri == null)) {
				throw new IllegalArgumentException("a federation has either a token-file or a token-uri");
			}
			check("a federation's token-uri", tokenUri);
		}

		@Override
		public String toString() {
			return (this.tokenFile != null) ? this.tokenFile.toString() : String.valueOf(this.tokenUri);
		}

	}

	public GraphSettings {
		federations = Map.copyOf(federations);
		check("rollcall.graph.base-url", baseUrl);
		check("rollcall.graph.authority", authority);
	}

	/** Such as {@code https://graph.microsoft.com/v1.0}, without a slash at the end. */
	String endpoint() {
		String url = withoutSlash((this.baseUrl != null) ? this.baseUrl : this.cloud.graph);
		return url.matches(".*/(v1\\.0|beta)") ? url : url + "/v1.0";
	}

	String login() {
		return withoutSlash((this.authority != null) ? this.authority : this.cloud.login);
	}

	/** What the cloud is called in a source. */
	public String name() {
		boolean custom = this.baseUrl != null || this.authority != null;
		return custom ? "custom" : this.cloud.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** What a token is asked for; it follows the cloud, wherever the cloud is reached. */
	String scope() {
		return this.cloud.graph + "/.default";
	}

	private static String withoutSlash(URI uri) {
		String text = uri.toString();
		return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
	}

	private static void check(String name, @Nullable URI uri) {
		if (uri == null) {
			return;
		}
		String host = uri.getHost();
		boolean loopback = host != null
				&& (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
		if (host == null || !("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback))) {
			throw new IllegalArgumentException(
					"%s must be an https URL (http only for localhost), is '%s'".formatted(name, uri));
		}
	}

}
