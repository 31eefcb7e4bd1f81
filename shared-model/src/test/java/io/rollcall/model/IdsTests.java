package io.rollcall.model;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IdsTests {

	static Stream<String> badIds() {
		return Stream.of("", "a:b", "a b", "a\tb", "a\n", " a", "x".repeat(129));
	}

	@ParameterizedTest
	@MethodSource("badIds")
	void refusesWhatCannotBePartOfAKey(String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new AccountId(value)).withMessageContaining("account id");
		assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionId(value));
		assertThatIllegalArgumentException().isThrownBy(() -> new ObjectId(value));
		assertThatIllegalArgumentException().isThrownBy(() -> new OrganizationId(value));
		assertThatIllegalArgumentException().isThrownBy(() -> new RunId(value));
		assertThatIllegalArgumentException().isThrownBy(() -> new TeamId(value));
		assertThatIllegalArgumentException().isThrownBy(() -> new SourceId(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "87d349ed-44d7-43e1-9a83-5f2406dee5bd", "größe_1.0@x/y", "漢字" })
	void takesAnyOtherTextAsItIs(String value) {
		assertThat(new ObjectId(value)).hasToString(value).isEqualTo(new ObjectId(value));
	}

	@Test
	void takesTheLongest() {
		assertThat(new ObjectId("x".repeat(128)).value()).hasSize(128);
	}

}
