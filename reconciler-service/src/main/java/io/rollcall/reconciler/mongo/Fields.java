package io.rollcall.reconciler.mongo;

import com.mongodb.client.model.Filters;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import org.bson.conversions.Bson;

/** The names of the fields of facts, accounts and teams, and of their collections. */
public final class Fields {

	public static final String FACTS = "facts";

	public static final String ACCOUNTS = "accounts";

	public static final String TEAMS = "teams";

	public static final String OWNERS = "owners";

	public static final String PREVIEW_OUTCOMES = "previewOutcomes";

	/** Of an outcome: what the guard is asked about. */
	public static final String LOSSES = "losses";

	public static final String ID = "_id";

	public static final String ORGANIZATION = "organization";

	public static final String CONNECTION = "connection";

	public static final String REVISION = "revision";

	// Facts.

	public static final String KIND = "kind";

	public static final String WHOLE = "whole";

	public static final String WHOLE_STAMP = "whole.stamp";

	public static final String ATTRIBUTES = "attributes";

	public static final String DEPARTURE = "departure";

	public static final String IN = "in";

	public static final String LISTED = "listed";

	public static final String NEWER = "newer";

	public static final String REMOVED = "removed";

	public static final String MEMBERS_LISTED = "membersListed";

	public static final String IGNORED = "ignored";

	public static final String ANSWER = "answer";

	public static final String MATCH = "match";

	public static final String COMMAND = "command";

	public static final String SAYS = "says";

	public static final String STAMP = "stamp";

	// Accounts and teams.

	public static final String STATUS = "status";

	public static final String FIELDS = "fields";

	public static final String EMAIL_KEY = "emailKey";

	public static final String KEYS = "keys";

	public static final String OBJECT = "object";

	public static final String LINK_KEY = "linkKey";

	public static final String MEMBERSHIPS = "memberships";

	public static final String MANAGER = "manager";

	public static final String STAGED = "staged";

	public static final String HELD = "held";

	public static final String WANTS = "wants";

	public static final String NAME = "name";

	public static final String NAME_KEY = "nameKey";

	public static final String SOURCE = "source";

	public static final String RULES = "rules";

	public static final String VERSION = "version";

	public static final String WRITTEN_AT = "writtenAt";

	public static final String PENDING = "pending";

	public static final String PLACED = MEMBERSHIPS + ".byHand";

	private Fields() {
	}

	/**
	 * Accounts with a place in a team that a person gave them; a few others that have one
	 * in another team are among them.
	 */
	public static Bson placedIn(OrganizationId organization, TeamId team) {
		return Filters.and(Filters.eq(ORGANIZATION, organization.value()),
				Filters.eq(MEMBERSHIPS + ".team", team.value()), Filters.eq(PLACED, true));
	}

}
