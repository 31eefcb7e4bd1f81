package io.rollcall.reconciler.web;

import java.util.List;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.preview.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What would become of an account or a team.
 *
 * @param kind {@code ACCOUNT} or {@code TEAM}
 * @param object the directory object that it belongs to, or is made of
 * @param change what would be changed at once; null when nothing is
 * @param afterApproval what would be changed when a person approved what would be held
 */
record OutcomeBody(String kind, String id, String name, @Nullable ObjectId object, @Nullable Part change,
		@Nullable Part afterApproval) {

	static OutcomeBody of(Outcome outcome) {
		return switch (outcome) {
			case Outcome.OfAccount account -> new OutcomeBody("ACCOUNT", account.after().id().value(), outcome.name(),
					outcome.object(), Part.of(outcome.change()), Part.of(outcome.afterApproval()));
			case Outcome.OfTeam team -> new OutcomeBody("TEAM", team.after().id().value(), outcome.name(),
					outcome.object(), Part.of(outcome.change()), Part.of(outcome.afterApproval()));
		};
	}

	/**
	 * One change, as its event would say it.
	 *
	 * @param what what matters most in it
	 * @param reason for that
	 * @param joined the teams that the account would be in, or have another role in
	 * @param held why something about it would wait
	 */
	record Part(String what, State.Status status, Reason reason, List<FieldChange> fields,
			List<Change.AccountChanged.Membership> joined, List<Change.AccountChanged.Membership> left,
			@Nullable Reason held) {

		static @Nullable Part of(@Nullable Change change) {
			return switch (change) {
				case null -> null;
				case Change.AccountChanged account -> new Part(account.what().name(), account.status(),
						account.cause().reason(), account.fields(), account.joined(), account.left(), account.held());
				case Change.TeamChanged team -> new Part(team.what().name(), team.status(), team.cause().reason(),
						(team.from() != null) ? List.of(new FieldChange("name", team.from(), team.name())) : List.of(),
						List.of(), List.of(), null);
			};
		}

	}

}
