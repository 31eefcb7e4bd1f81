package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the body of an error says, if it says anything. */
record ErrorBody(@Nullable String code, @Nullable String message) {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int ENOUGH = 16 * 1024;

	static ErrorBody read(InputStream body) throws IOException {
		String text = new String(body.readNBytes(ENOUGH), StandardCharsets.UTF_8);
		try {
			JsonNode error = JSON.readTree(text).path("error");
			return new ErrorBody(error.path("code").asStringOpt().orElse(null),
					error.path("message").asStringOpt().orElse(null));
		}
		catch (JacksonException ex) {
			// A proxy's HTML page, perhaps; its first words are better than nothing.
			return new ErrorBody(null, text.substring(0, Math.min(text.length(), 200)));
		}
	}

}
