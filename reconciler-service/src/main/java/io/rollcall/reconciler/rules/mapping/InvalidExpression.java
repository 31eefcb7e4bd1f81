package io.rollcall.reconciler.rules.mapping;

/** An expression that cannot be read, or names what Graph cannot give. */
public final class InvalidExpression extends IllegalArgumentException {

	private final int position;

	private final String problem;

	/**
	 * @param position of the character where it goes wrong, the first one being 1
	 * @param problem what is wrong and what to do
	 */
	InvalidExpression(int position, String problem) {
		super("at character %d: %s".formatted(position, problem));
		this.position = position;
		this.problem = problem;
	}

	public int position() {
		return this.position;
	}

	public String problem() {
		return this.problem;
	}

}
