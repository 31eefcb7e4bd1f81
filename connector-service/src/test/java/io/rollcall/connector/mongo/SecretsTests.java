package io.rollcall.connector.mongo;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import io.rollcall.connector.flow.Secret;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Secrets at rest, and keys that change. */
class SecretsTests {

	private static final Secret SECRET = new Secret("s3cret");

	@Test
	void readsWhatAnOldKeyWroteAndWritesWithTheNewOne() {
		Binary old = new Secrets(key(1), List.of()).close(SECRET, "c", "clientSecret");
		Secrets rotated = new Secrets(key(2), List.of(key(1)));
		assertThat(rotated.open(old, "c", "clientSecret")).isEqualTo(SECRET);
		Binary fresh = rotated.close(SECRET, "c", "clientSecret");
		assertThat(new Secrets(key(2), List.of()).open(fresh, "c", "clientSecret")).isEqualTo(SECRET);
		assertThatIllegalStateException()
			.isThrownBy(() -> new Secrets(key(2), List.of()).open(old, "c", "clientSecret"))
			.withMessageContaining("ROLLCALL_ENCRYPTION_OLD_KEYS");
	}

	@Test
	void opensNothingThatWasCopiedToAnotherDocumentOrField() {
		Secrets secrets = new Secrets(key(1), List.of());
		Binary closed = secrets.close(SECRET, "c", "clientSecret");
		assertThatIllegalStateException().isThrownBy(() -> secrets.open(closed, "d", "clientSecret"));
		assertThatIllegalStateException().isThrownBy(() -> secrets.open(closed, "c", "secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "not base64!", "c2hvcnQ=" })
	void saysHowAKeyMustBe(String key) {
		assertThatIllegalStateException().isThrownBy(() -> new Secrets(key, List.of()))
			.withMessageContaining("openssl rand -base64 32");
	}

	private static String key(int fill) {
		byte[] bytes = new byte[32];
		Arrays.fill(bytes, (byte) fill);
		return Base64.getEncoder().encodeToString(bytes);
	}

}
