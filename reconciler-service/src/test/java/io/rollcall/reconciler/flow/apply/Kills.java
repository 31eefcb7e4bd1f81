package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.rules.ObjectKey;

/**
 * Pulls the plug around what a port does: before it, after it, or when a part of it is
 * done.
 */
public interface Kills {

	/** Nobody pulls the plug. */
	Kills NONE = (step) -> {
	};

	/** Asked before and after each step; throws {@link Killed} to pull the plug. */
	void at(Step step);

	/** How much of a list of writes is done before the plug is pulled; all by default. */
	default <T> List<T> part(Step step, List<T> all) {
		return all;
	}

	/** The steps a kill must not harm. */
	enum Step {

		READ, FACTS, INPUTS, ACCOUNTS, PUBLISH

	}

	/** Kills after one of so many steps, at most so often. */
	static Kills by(Random random, int oneOf, int atMost) {
		int[] left = { atMost };
		return new Kills() {

			@Override
			public void at(Step step) {
				if (random.nextInt(oneOf) == 0 && left[0]-- > 0) {
					throw new Killed();
				}
			}

			@Override
			public <T> List<T> part(Step step, List<T> all) {
				if (!all.isEmpty() && random.nextInt(oneOf) == 0 && left[0]-- > 0) {
					List<T> some = new ArrayList<>(all);
					Collections.shuffle(some, random);
					return some.subList(0, random.nextInt(all.size()));
				}
				return all;
			}

		};
	}

	default DirectoryObjects on(DirectoryObjects objects) {
		return new DirectoryObjects() {

			@Override
			public Found find(Collection<ObjectKey> keys, Collection<ConnectionId> connections) {
				Found found = objects.find(keys, connections);
				at(Step.READ);
				return found;
			}

			@Override
			public void write(List<Write> facts) {
				List<Write> part = part(Step.FACTS, facts);
				if (!part.isEmpty()) {
					objects.write(part);
				}
				check(part, facts);
				at(Step.FACTS);
			}

		};
	}

	default DecisionInputs on(DecisionInputs inputs) {
		return (wanted) -> {
			DecisionInputs.Found found = inputs.read(wanted);
			at(Step.INPUTS);
			return found;
		};
	}

	default AccountsAndTeams on(AccountsAndTeams accounts) {
		return (some, teams) -> {
			List<StoredAccount> part = part(Step.ACCOUNTS, some);
			List<StoredTeam> teamPart = (part.size() < some.size()) ? List.of() : teams;
			accounts.write(part, teamPart);
			check(part, some);
			at(Step.ACCOUNTS);
		};
	}

	default Outbound on(Outbound outbound) {
		return new Outbound() {

			@Override
			public void publish(List<Message> messages) {
				// Brokers take them in order.
				List<Message> part = messages.subList(0, part(Step.PUBLISH, messages).size());
				outbound.publish(part);
				check(part, messages);
				at(Step.PUBLISH);
			}

			@Override
			public int partitionOf(ObjectKey object) {
				return outbound.partitionOf(object);
			}

		};
	}

	private static void check(List<?> part, List<?> all) {
		if (part.size() < all.size()) {
			throw new Killed();
		}
	}

	/** The plug was pulled. */
	final class Killed extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Killed() {
			super("killed", null, false, false);
		}

	}

}
