package io.rollcall.reconciler.rules;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which addresses are the same, and which are none. */
class EmailKeysTests {

	@ParameterizedTest
	@CsvSource({ "ada@example.org, ada@example.org", "Ada@Example.ORG, ada@example.org",
			"ada@bücher.example, ada@xn--bcher-kva.example", "ADA@BÜCHER.example, ada@xn--bcher-kva.example",
			"ａｄａ@example.org, ada@example.org", "o'hara+news@sub.example.org, o'hara+news@sub.example.org",
			"ada@intranet, ada@intranet", "ada@straße.de, ada@xn--strae-oqa.de", "ada@strasse.de, ada@strasse.de",
			"a\u200bda\u00ad@example.org, ada@example.org", "\u00a0ada@example.org\u00a0, ada@example.org",
			"\u202eada@example.org, ada@example.org" })
	void writesAddressesThatAreTheSameTheSameWay(String address, String key) {
		assertThat(EmailKeys.of(address)).isEqualTo(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ada", "@example.org", "ada@", "ada@@example.org", "a da@example.org",
			"ada@exa mple.org", "ada@.example.org", "ada@example..org", "ada@-example.org", "<ada>@example.org",
			"ada@example.org,bob@example.org" })
	void takesNothingElseForAnAddress(String text) {
		assertThat(EmailKeys.of(text)).isNull();
	}

}
