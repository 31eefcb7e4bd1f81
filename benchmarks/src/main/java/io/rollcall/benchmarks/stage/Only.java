package io.rollcall.benchmarks.stage;

import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/** Ports of which a stage uses one method, or none. */
final class Only {

	private Only() {
	}

	/** A port with one method that answers; any other fails. */
	static <T> T answers(Class<T> port, String name, @Nullable Object answer) {
		return port
			.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] { port }, (self, method, args) -> {
				if (method.getName().equals(name)) {
					return answer;
				}
				throw new IllegalStateException(method + " is not called in this stage");
			}));
	}

	/** A port that nobody uses. */
	static <T> T unused(Class<T> port) {
		return answers(port, "", null);
	}

}
