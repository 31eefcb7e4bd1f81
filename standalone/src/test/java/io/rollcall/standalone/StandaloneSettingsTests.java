package io.rollcall.standalone;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StandaloneSettingsTests {

	@Test
	void workWithoutAnyEnvironment() {
		StandaloneSettings settings = StandaloneSettings.from(Map.of());
		assertThat(settings.data()).isEqualTo(Path.of(".rollcall"));
		assertThat(settings.people()).isEqualTo(1000);
		assertThat(settings.changesPerSecond()).isEqualTo(0.5);
		assertThat(settings.ports().console()).isEqualTo(8080);
	}

	@Test
	void sayWhatANumberMayBe() {
		assertThatThrownBy(() -> StandaloneSettings.from(Map.of("ROLLCALL_PEOPLE", "many")))
			.hasMessage("ROLLCALL_PEOPLE must be a number from 0 to 1,000,000, is 'many'");
		assertThatThrownBy(() -> StandaloneSettings.from(Map.of("ROLLCALL_KAFKA_PORT", "90920")))
			.hasMessage("ROLLCALL_KAFKA_PORT must be a number from 0 to 65,535, is '90920'");
	}

	@Test
	void nameEachPortThatIsTakenAndHowToChooseAnother() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			StandaloneSettings settings = StandaloneSettings
				.from(Map.of("ROLLCALL_NOTIFIER_PORT", String.valueOf(taken.getLocalPort())));
			assertThatThrownBy(settings.ports()::requireFree)
				.hasMessageContaining("port " + taken.getLocalPort() + "; end that program")
				.hasMessageContaining("ROLLCALL_NOTIFIER_PORT");
		}
	}

}
