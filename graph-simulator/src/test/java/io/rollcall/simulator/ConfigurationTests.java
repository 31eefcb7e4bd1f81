package io.rollcall.simulator;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Tenants and apps that are configured, and what a journal keeps of them. */
class ConfigurationTests {

	private static final String APP = "99999999-0000-4000-8000-000000000005";

	private static final String FORM = "grant_type=client_credentials&client_id=%s&client_secret=shared&scope=https://graph.microsoft.com/.default"
		.formatted(APP);

	@TempDir
	private Path folder;

	@Test
	void aConsentOutlivesARestart() {
		run((url) -> {
			assertThat(token(url).statusCode()).isEqualTo(400);
			String back = "http://localhost/back";
			assertThat(Simulator
				.raw("POST", url + "/customer.example/adminconsent",
						"decision=ACCEPT&client_id=" + APP + "&redirect_uri=" + back,
						Map.of("Content-Type", "application/x-www-form-urlencoded"))
				.statusCode()).isEqualTo(302);
			assertThat(token(url).statusCode()).isEqualTo(200);
		});
		run((url) -> assertThat(token(url).statusCode()).isEqualTo(200));
	}

	private static HttpResponse<byte[]> token(String url) {
		return Simulator.raw("POST", url + "/customer.example/oauth2/v2.0/token", FORM,
				Map.of("Content-Type", "application/x-www-form-urlencoded"));
	}

	private void run(java.util.function.Consumer<String> story) {
		try (var context = SimulatorApplication.application()
			.run("--server.port=0", "--logging.level.root=WARN", "--rollcall.simulator.journal=" + this.folder,
					"--rollcall.simulator.tenants[0].users=5", "--rollcall.simulator.tenants[0].domain=vendor.example",
					"--rollcall.simulator.tenants[1].users=6", "--rollcall.simulator.tenants[1].seed=2",
					"--rollcall.simulator.tenants[1].domain=customer.example",
					"--rollcall.simulator.apps[0].app-id=" + APP, "--rollcall.simulator.apps[0].secret=shared",
					"--rollcall.simulator.apps[0].home=vendor.example",
					"--rollcall.simulator.apps[0].redirect-uris[0]=http://localhost/back")) {
			story.accept("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
		}
	}

}
