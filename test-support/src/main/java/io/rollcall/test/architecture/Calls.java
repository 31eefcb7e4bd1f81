package io.rollcall.test.architecture;

import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;

/** Calls that a rule forbids. */
final class Calls {

	private static final Set<String> BLOCKING = Set.of("block", "blockFirst", "blockLast", "blockOptional",
			"toIterable", "toStream");

	/** By name: the rules are applied where Reactor need not be there. */
	private static final String PUBLISHER = "org.reactivestreams.Publisher";

	private Calls() {
	}

	static DescribedPredicate<JavaMethodCall> thatBlock() {
		return DescribedPredicate.describe("block a reactive type",
				(call) -> BLOCKING.contains(call.getName()) && owner(call).isAssignableTo(PUBLISHER));
	}

	static DescribedPredicate<JavaMethodCall> thatBlockForEver() {
		return DescribedPredicate.describe("block a reactive type without a timeout",
				(call) -> BLOCKING.contains(call.getName()) && call.getTarget().getRawParameterTypes().isEmpty()
						&& owner(call).isAssignableTo(PUBLISHER));
	}

	static DescribedPredicate<JavaMethodCall> thatSubscribe() {
		return DescribedPredicate.describe("subscribe to a reactive type",
				(call) -> call.getName().equals("subscribe") && owner(call).isAssignableTo(PUBLISHER));
	}

	static DescribedPredicate<JavaMethodCall> thatAskTheClockOrChance() {
		return DescribedPredicate.describe("ask the clock or chance", (call) -> asksTheClock(call) || asksChance(call));
	}

	static DescribedPredicate<JavaConstructorCall> thatMakeChance() {
		return DescribedPredicate.describe("make a random generator or ask the clock",
				(call) -> owner(call).isAssignableTo(RandomGenerator.class)
						|| (owner(call).isEquivalentTo(java.util.Date.class)
								&& call.getTarget().getRawParameterTypes().isEmpty()));
	}

	private static boolean asksTheClock(JavaMethodCall call) {
		return (call.getName().equals("now") && owner(call).getPackageName().equals("java.time"))
				|| (owner(call).isEquivalentTo(System.class)
						&& Set.of("currentTimeMillis", "nanoTime").contains(call.getName()));
	}

	private static boolean asksChance(JavaMethodCall call) {
		return (owner(call).isEquivalentTo(UUID.class) && call.getName().equals("randomUUID"))
				|| (owner(call).isEquivalentTo(Math.class) && call.getName().equals("random"))
				|| owner(call).isAssignableTo(RandomGenerator.class) || owner(call).isAssignableTo(Random.class);
	}

	private static JavaClass owner(JavaCall<?> call) {
		return call.getTargetOwner();
	}

}
