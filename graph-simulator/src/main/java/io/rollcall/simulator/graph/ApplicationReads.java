package io.rollcall.simulator.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.identity.AppRegistrations;
import io.rollcall.simulator.identity.Application;
import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/**
 * Application objects, which tell when credentials end; they are in their home tenant
 * only.
 */
final class ApplicationReads {

	private static final Pattern BY_APP_ID = Pattern.compile("\\s*appId\\s+eq\\s+'([^']*)'\\s*");

	private final AppRegistrations apps;

	ApplicationReads(AppRegistrations apps) {
		this.apps = apps;
	}

	/**
	 * One application.
	 * @param key the object's id, or {@code appId='…'}
	 */
	GraphResponse get(String key, GraphRequest request) {
		Application found = home(request)
			.filter((app) -> key.equals(app.objectId()) || key.equals("appId='" + app.appId() + '\''))
			.findFirst()
			.orElseThrow(() -> new GraphRefused(GraphResponse.notFound(key)));
		JsonBytes json = new JsonBytes().object()
			.field("@odata.context", request.base() + "/$metadata#applications" + selected(request) + "/$entity");
		members(found, request.option("$select")).forEach(json::field);
		return GraphResponse.ok(json.endObject());
	}

	GraphResponse list(GraphRequest request) {
		String filter = request.option("$filter");
		Matcher wanted = (filter != null) ? BY_APP_ID.matcher(filter) : null;
		if (wanted != null && !wanted.matches()) {
			throw new GraphRefused(GraphResponse.error(400, "Request_UnsupportedQuery", "Unsupported Query."));
		}
		JsonBytes json = new JsonBytes().object()
			.field("@odata.context", request.base() + "/$metadata#applications" + selected(request))
			.name("value")
			.array();
		home(request).filter((app) -> wanted == null || app.appId().equals(wanted.group(1)))
			.forEach((app) -> json.value(members(app, request.option("$select"))));
		return GraphResponse.ok(json.endArray().endObject());
	}

	private Stream<Application> home(GraphRequest request) {
		request.require(Permissions.APPLICATIONS);
		return this.apps.of(request.tenant().id())
			.stream()
			.map(AppRegistration::application)
			.filter((app) -> app.home().equals(request.tenant().id()));
	}

	private static Map<String, @Nullable Object> members(Application app, @Nullable String select) {
		Map<String, @Nullable Object> all = new LinkedHashMap<>();
		all.put("id", app.objectId());
		all.put("deletedDateTime", null);
		all.put("appId", app.appId());
		all.put("applicationTemplateId", null);
		all.put("identifierUris", List.of());
		all.put("disabledByMicrosoftStatus", null);
		all.put("displayName", app.displayName());
		all.put("signInAudience", app.multiTenant() ? "AzureADMultipleOrgs" : "AzureADMyOrg");
		all.put("tags", List.of());
		all.put("appRoles", List.of());
		all.put("keyCredentials", app.certificates().stream().map(ApplicationReads::key).toList());
		all.put("passwordCredentials", app.secrets().stream().map(ApplicationReads::password).toList());
		all.put("requiredResourceAccess", List.of());
		all.put("web", Map.of("redirectUris", app.redirectUris()));
		if (select != null) {
			all.keySet().retainAll(Arrays.stream(select.split(",")).map(String::strip).toList());
		}
		return all;
	}

	private static Map<String, @Nullable Object> password(Application.Secret secret) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put("customKeyIdentifier", null);
		members.put("displayName", secret.displayName());
		members.put("endDateTime", secret.end());
		members.put("hint", secret.hint());
		members.put("keyId", secret.keyId());
		members.put("secretText", null);
		members.put("startDateTime", secret.start());
		return members;
	}

	private static Map<String, @Nullable Object> key(Application.Certificate certificate) {
		Map<String, @Nullable Object> members = new LinkedHashMap<>();
		members.put("customKeyIdentifier", null);
		members.put("displayName", certificate.displayName());
		members.put("endDateTime", certificate.end());
		members.put("key", null);
		members.put("keyId", certificate.keyId());
		members.put("startDateTime", certificate.start());
		members.put("type", "AsymmetricX509Cert");
		members.put("usage", "Verify");
		return members;
	}

	private static String selected(GraphRequest request) {
		String select = request.option("$select");
		return (select != null) ? '(' + select + ')' : "";
	}

}
