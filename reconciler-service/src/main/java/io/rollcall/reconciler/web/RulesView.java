package io.rollcall.reconciler.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.reconciler.flow.act.PublishedRules;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/**
 * A connection's rules, as people look at them.
 *
 * @param organization null while nobody published any
 * @param chosenGroups the groups that make teams; null for every group
 * @param by who published them; null for the standard ones
 */
record RulesView(String connection, @Nullable String organization, int version, int selection, Rules.Scope scope,
		Map<String, String> fields, @Nullable List<String> chosenGroups, Rules.Guard guard, @Nullable String by,
		@Nullable Instant at) {

	/** Published rules as they can be shown. */
	static RulesView of(PublishedRules published) {
		Rules rules = published.rules();
		return new RulesView(published.connection().value(), published.organization().value(), rules.version(),
				rules.selection(), rules.scope(), rules.fields(), chosen(rules), rules.guard(), published.by(),
				published.at());
	}

	/** What holds while nobody published any. */
	static RulesView standard(ConnectionId connection) {
		Rules rules = Rules.standard();
		return new RulesView(connection.value(), null, rules.version(), rules.selection(), rules.scope(),
				rules.fields(), chosen(rules), rules.guard(), null, null);
	}

	private static @Nullable List<String> chosen(Rules rules) {
		Set<ObjectId> groups = rules.chosenGroups();
		return (groups != null) ? groups.stream().map(ObjectId::value).sorted().toList() : null;
	}

}
