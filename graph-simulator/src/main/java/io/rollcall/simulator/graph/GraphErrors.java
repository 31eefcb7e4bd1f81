package io.rollcall.simulator.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.simulator.faults.FaultRule;
import org.jspecify.annotations.Nullable;

/** The errors that Graph is known to answer, for faults that name one. */
public final class GraphErrors {

	private static final List<Known> KNOWN = read();

	private GraphErrors() {
	}

	/** Nothing but a status when there is no code. */
	private record Known(int status, @Nullable String code, String innerCode, String message) {

		boolean fits(FaultRule.Answer wanted) {
			return Objects.equals(this.code, wanted.code())
					&& (wanted.status() == null || wanted.status() == this.status)
					&& (wanted.innerCode() == null || wanted.innerCode().equals(this.innerCode));
		}

	}

	/** The status that such an answer has; null when it must be given. */
	public static @Nullable Integer status(FaultRule.Answer wanted) {
		Known known = find(wanted);
		return (wanted.status() != null) ? wanted.status() : (known != null) ? (Integer) known.status() : null;
	}

	static GraphResponse answer(FaultRule.Answer wanted, Map<String, String> headers) {
		int status = Objects.requireNonNull(status(wanted));
		String code = wanted.code();
		if (code == null) {
			return new GraphResponse(status, headers, new byte[0]);
		}
		Known known = find(wanted);
		String message = (wanted.message() != null) ? wanted.message()
				: (known != null) ? known.message() : "The request could not be served.";
		String inner = (wanted.innerCode() != null) ? wanted.innerCode() : (known != null) ? known.innerCode() : "";
		return GraphResponse.error(status, code, message, headers, inner);
	}

	private static @Nullable Known find(FaultRule.Answer wanted) {
		return KNOWN.stream().filter((known) -> known.fits(wanted)).findFirst().orElse(null);
	}

	private static List<Known> read() {
		try (InputStream in = Objects.requireNonNull(GraphErrors.class.getResourceAsStream("graph-errors.tsv"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"))
				.map((line) -> line.split("\t", -1))
				.map((cells) -> new Known(Integer.parseInt(cells[0]), cells[1].equals("-") ? null : cells[1], cells[2],
						cells[3]))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
