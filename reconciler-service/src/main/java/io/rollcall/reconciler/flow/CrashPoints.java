package io.rollcall.reconciler.flow;

/** Called between two steps: where a test pulls the plug. */
@FunctionalInterface
public interface CrashPoints {

	/** Nobody pulls the plug. */
	CrashPoints NONE = (step) -> {
	};

	/** The step that was just done. */
	void after(Step step);

	/** The steps a crash must not harm. */
	enum Step {

		FACTS, EVALUATIONS, ACCOUNTS, PUBLISH, REQUESTS, COUNTS, COMMIT, UNSEEN, GUARD, PROJECTION

	}

}
