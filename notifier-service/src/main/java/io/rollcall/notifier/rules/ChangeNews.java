package io.rollcall.notifier.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Change.AccountChanged;
import io.rollcall.model.change.Change.AccountChanged.What;
import io.rollcall.model.change.Change.TeamChanged;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.Tally;

/** What a change of an account or a team outside of any run means for people. */
public final class ChangeNews {

	private static final String DISPLAY_NAME = "displayName";

	private ChangeNews() {
	}

	/**
	 * @param id the event's {@code ce_id}
	 */
	public static News of(String id, Change change) {
		return switch (change) {
			case AccountChanged account -> {
				boolean ofHolding = account.what() == What.HELD || account.what() == What.RELEASED;
				yield new News(account.organization(), id, "AccountChanged." + account.what(),
						(account.what() == What.HELD) ? Severity.WARNING : Severity.INFO,
						ofHolding ? News.IN_CHARGE : News.EVERYONE, Channel.DIGEST, account.account().value(),
						Tally.of(account), account.at(), (words) -> text(account, words));
			}
			case TeamChanged team ->
				new News(team.organization(), id, "TeamChanged." + team.what(), Severity.INFO, News.EVERYONE,
						Channel.DIGEST, team.team().value(), Tally.of(team), team.at(), (words) -> text(team, words));
		};
	}

	private static Text text(AccountChanged change, Words words) {
		List<FieldChange> fields = new ArrayList<>(change.fields());
		Map<String, Object> parameters = new HashMap<>(Map.of("name", change.name()));
		String key = switch (change.what()) {
			case UPDATED -> updated(fields, parameters, words);
			case MEMBERSHIPS -> memberships(change, parameters);
			case CREATED, LINKED, DEACTIVATED, ARCHIVED, REACTIVATED, HELD, RELEASED ->
				"AccountChanged." + change.what();
		};
		List<String> more = new ArrayList<>(fields.stream().map(words::field).toList());
		change.joined().forEach((team) -> more.add(words.text("membership.joined", Map.of("team", team.name()))));
		change.left().forEach((team) -> more.add(words.text("membership.left", Map.of("team", team.name()))));
		if (change.held() != null) {
			more.add(words.text("held", Map.of("reason", words.reason(change.held()))));
		}
		if (!change.cause().reason().equals(change.held())) {
			more.add(why(change, words));
		}
		return words.whole(key, parameters, more);
	}

	private static String updated(List<FieldChange> fields, Map<String, Object> parameters, Words words) {
		for (FieldChange field : fields) {
			if (field.field().equals(DISPLAY_NAME) && field.from() != null && field.to() != null) {
				fields.remove(field);
				parameters.put("name", field.to());
				parameters.put("from", field.from());
				return "AccountChanged.UPDATED.renamed";
			}
		}
		if (fields.size() == 1) {
			parameters.put("field", words.fieldName(fields.getFirst().field()));
			return "AccountChanged.UPDATED.one";
		}
		parameters.put("count", fields.size());
		return "AccountChanged.UPDATED";
	}

	private static String memberships(AccountChanged change, Map<String, Object> parameters) {
		if (change.joined().size() == 1 && change.left().isEmpty()) {
			parameters.put("team", change.joined().getFirst().name());
			return "AccountChanged.MEMBERSHIPS.joined";
		}
		if (change.left().size() == 1 && change.joined().isEmpty()) {
			parameters.put("team", change.left().getFirst().name());
			return "AccountChanged.MEMBERSHIPS.left";
		}
		return "AccountChanged.MEMBERSHIPS";
	}

	private static Text text(TeamChanged change, Words words) {
		Map<String, Object> parameters = new HashMap<>(Map.of("name", change.name()));
		if (change.from() != null) {
			parameters.put("from", change.from());
		}
		return words.whole("TeamChanged." + change.what(), parameters, List.of(why(change, words)));
	}

	private static String why(Change change, Words words) {
		String reason = words.reason(change.cause().reason());
		String by = change.cause().by();
		return (by != null) ? words.text("why.by", Map.of("reason", reason, "by", by))
				: words.text("why", Map.of("reason", reason));
	}

}
