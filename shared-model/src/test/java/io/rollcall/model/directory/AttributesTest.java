package io.rollcall.model.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AttributesTest {

	@Test
	void keepsAClearedAttribute() {
		Map<String, Object> cleared = new LinkedHashMap<>();
		cleared.put("mail", null);
		assertThat(new Attributes(cleared).values()).containsEntry("mail", null);
		assertThat(new Attributes(cleared)).isNotEqualTo(Attributes.NONE);
	}

	@Test
	void givesTextAndFlagsOnlyWhereTheyAre() {
		Attributes attributes = new Attributes(Map.of("mail", "adele@contoso.com", "accountEnabled", true));
		assertThat(attributes.text("mail")).isEqualTo("adele@contoso.com");
		assertThat(attributes.flag("accountEnabled")).isTrue();
		assertThat(attributes.text("accountEnabled")).isNull();
		assertThat(attributes.flag("mail")).isNull();
		assertThat(attributes.text("surname")).isNull();
	}

	@Test
	void keepsTheOrderOfGraph() {
		Map<String, Object> values = new LinkedHashMap<>();
		List<String> names = List.of("surname", "mail", "displayName", "accountEnabled", "givenName");
		names.forEach((name) -> values.put(name, "x"));
		assertThat(new ArrayList<>(new Attributes(values).values().keySet())).isEqualTo(names);
	}

	@Test
	void doesNotChangeWithTheMapItWasMadeFrom() {
		Map<String, Object> values = new LinkedHashMap<>(Map.of("mail", "adele@contoso.com"));
		Attributes attributes = new Attributes(values);
		values.put("mail", "someone.else@contoso.com");
		assertThat(attributes.text("mail")).isEqualTo("adele@contoso.com");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> attributes.values().put("mail", "x"));
	}

}
