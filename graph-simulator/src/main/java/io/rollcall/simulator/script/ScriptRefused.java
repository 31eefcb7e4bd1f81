package io.rollcall.simulator.script;

/**
 * A line that cannot be understood or cannot happen, with a message that says what to
 * write instead.
 */
public final class ScriptRefused extends RuntimeException {

	public ScriptRefused(String message, String line) {
		super("%s (in the line: %s)".formatted(message, line));
	}

}
