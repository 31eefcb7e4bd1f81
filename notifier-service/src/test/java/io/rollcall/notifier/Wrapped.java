package io.rollcall.notifier;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A port with something before or after one of its methods: where a process may die. */
public final class Wrapped {

	private Wrapped() {
	}

	public static <P> P before(Class<P> type, P port, String method, Step step) {
		return wrap(type, port, method, step, (arguments) -> {
		});
	}

	public static <P> P after(Class<P> type, P port, String method, Step step) {
		return wrap(type, port, method, (arguments) -> {
		}, step);
	}

	private static <P> P wrap(Class<P> type, P port, String name, Step before, Step after) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				if (method.getName().equals(name)) {
					before.run(arguments);
				}
				try {
					Object result = method.invoke(port, arguments);
					if (method.getName().equals(name)) {
						after.run(arguments);
					}
					return result;
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	/** What happens there. */
	public interface Step {

		void run(Object[] arguments);

	}

}
