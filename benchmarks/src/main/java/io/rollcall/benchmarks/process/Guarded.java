package io.rollcall.benchmarks.process;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another class's main method, and ends the process when standard input ends:
 * however the benchmark ends, its children do not stay.
 */
public final class Guarded {

	private Guarded() {
	}

	public static void main(String[] args) throws ReflectiveOperationException {
		Thread.ofPlatform().daemon().name("parent-watch").start(Guarded::untilParentEnds);
		Method main = Class.forName(args[0]).getMethod("main", String[].class);
		main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
	}

	private static void untilParentEnds() {
		try {
			while (System.in.read() >= 0) {
				// nothing is ever said
			}
		}
		catch (IOException ex) {
			// as good as its end
		}
		System.exit(0);
	}

}
