package io.rollcall.notifier.rules;

import java.util.List;

import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Change.AccountCreated;
import io.rollcall.model.change.Change.AccountDeactivated;
import io.rollcall.model.change.Change.AccountHeld;
import io.rollcall.model.change.Change.AccountLinked;
import io.rollcall.model.change.Change.AccountReactivated;
import io.rollcall.model.change.Change.AccountReleased;
import io.rollcall.model.change.Change.AccountUpdated;
import io.rollcall.model.change.Change.MemberAdded;
import io.rollcall.model.change.Change.MemberRemoved;
import io.rollcall.model.change.Change.TeamArchived;
import io.rollcall.model.change.Change.TeamCreated;
import io.rollcall.model.change.Change.TeamRenamed;
import io.rollcall.model.change.Change.TeamRestored;
import io.rollcall.model.change.FieldChange;
import io.rollcall.notifier.rules.Part.Fields;
import io.rollcall.notifier.rules.Part.Term;
import io.rollcall.notifier.rules.Part.Text;

/** News of accounts and teams. */
final class ChangeNews {

	private static final String DISPLAY_NAME = "displayName";

	private ChangeNews() {
	}

	static News of(Change change) {
		return switch (change) {
			case Change.OfAccount account -> ofAccount(account).about(account.account().value());
			case Change.OfTeam team -> ofTeam(team).about(team.team().value());
		};
	}

	private static News ofAccount(Change.OfAccount change) {
		Text name = new Text(change.name());
		Text why = new Text(change.cause().reason());
		return switch (change) {
			case AccountCreated it -> told(it, name, why, new Fields(it.fields()));
			case AccountUpdated it -> updated(it, name, why);
			case AccountLinked it -> told(it, name, why, new Text(it.matchedBy()));
			case AccountDeactivated it -> told(it, name, why, new Term("leaver." + it.reason()));
			case AccountReactivated it -> told(it, name, why);
			case AccountHeld it -> News.of("AccountHeld", Severity.WARNING, News.IN_CHARGE, it.at(), name, why,
					new Term("held." + it.reason()), new Text(it.detail()))
				.asking("AccountHeld.action");
			case AccountReleased it -> News.of("AccountReleased", Severity.INFO, News.IN_CHARGE, it.at(), name, why,
					new Term("held." + it.reason()));
			case MemberAdded it -> told(it, name, why, new Text(it.teamName()));
			case MemberRemoved it -> told(it, name, why, new Text(it.teamName()));
		};
	}

	private static News ofTeam(Change.OfTeam change) {
		Text name = new Text(change.name());
		Text why = new Text(change.cause().reason());
		return switch (change) {
			case TeamCreated it -> told(it, name, why);
			case TeamRenamed it -> told(it, name, why, new Text(it.from()));
			case TeamArchived it -> told(it, name, why);
			case TeamRestored it -> told(it, name, why);
		};
	}

	private static News updated(AccountUpdated change, Text name, Text why) {
		for (FieldChange field : change.fields()) {
			if (field.field().equals(DISPLAY_NAME) && field.from() != null && field.to() != null) {
				List<FieldChange> others = change.fields().stream().filter((other) -> other != field).toList();
				return told(change, new Text(field.to()), why, new Fields(others), new Text(field.from()))
					.worded("AccountUpdated.renamed");
			}
		}
		Fields fields = new Fields(change.fields());
		return (change.fields().size() == 1)
				? told(change, name, why, fields, new Part.FieldName(change.fields().getFirst().field())).worded(
						"AccountUpdated.one")
				: told(change, name, why, fields, new Part.Count(change.fields().size()));
	}

	private static News told(Change change, Part... parts) {
		return News.of(change.getClass().getSimpleName(), Severity.INFO, News.EVERYONE, change.at(), parts);
	}

}
