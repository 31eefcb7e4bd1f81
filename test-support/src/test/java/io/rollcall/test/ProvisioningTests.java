package io.rollcall.test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProvisioningTests {

	private final List<String> said = new ArrayList<>();

	private final Provision containers = new Fixed("containers");

	private final Provision embedded = new Fixed("embedded");

	@Test
	void takesContainersWhereAnEngineAnswers() {
		assertThat(Provisioning.AUTO.provide(() -> this.containers, () -> this.embedded, this.said::add))
			.isSameAs(this.containers);
		assertThat(this.said).containsExactly("containers (a Docker engine answers)");
	}

	@Test
	void takesEmbeddedWhereNoneAnswersAndSaysWhy() {
		assertThat(Provisioning.AUTO.provide(noEngine(), () -> this.embedded, this.said::add)).isSameAs(this.embedded);
		assertThat(this.said).containsExactly("embedded (no containers: no Docker engine answers)");
	}

	@Test
	void failsWhenContainersAreForcedAndNoEngineAnswers() {
		assertThatThrownBy(() -> Provisioning.CONTAINERS.provide(noEngine(), () -> this.embedded, this.said::add))
			.hasMessage("no Docker engine answers");
	}

	@Test
	void asksNoEngineWhenEmbeddedIsForced() {
		assertThat(Provisioning.EMBEDDED.provide(noEngine(), () -> this.embedded, this.said::add))
			.isSameAs(this.embedded);
	}

	@Test
	void namesTheChoicesWhenItKnowsNotWhatIsMeant() {
		assertThatThrownBy(() -> Provisioning.chosenBy("docker"))
			.hasMessage("-Drollcall.test.services=docker is unknown; use containers, embedded or auto");
	}

	private static Supplier<Provision> noEngine() {
		return () -> {
			throw new IllegalStateException("no Docker engine answers");
		};
	}

	private record Fixed(String kafkaBrokers) implements Provision {

		@Override
		public String mongoUri() {
			return "";
		}

		@Override
		public void close() {
		}

	}

}
