package io.rollcall.model.event;

import java.util.Collection;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaFilesTest {

	@BeforeAll
	static void rewrite() {
		if (Rewritable.isRewriting()) {
			types().forEach((type) -> Rewritable.SCHEMAS.write(EventTypes.nameOf(type), Schemas.of(type)));
		}
	}

	static Collection<Class<? extends Event>> types() {
		return EventTypes.all();
	}

	@ParameterizedTest
	@MethodSource("types")
	void saysWhatTheRecordSays(Class<? extends Event> type) {
		Rewritable.SCHEMAS.check(EventTypes.nameOf(type), Schemas.of(type));
	}

	@Test
	void hasNoFileWithoutAnEventType() {
		assertThat(Rewritable.SCHEMAS.names())
			.containsExactlyInAnyOrderElementsOf(types().stream().map(EventTypes::nameOf).toList());
	}

}
