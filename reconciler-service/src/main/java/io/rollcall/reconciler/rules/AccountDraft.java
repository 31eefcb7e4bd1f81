package io.rollcall.reconciler.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.LeaverReason;
import org.jspecify.annotations.Nullable;

/** An account while its next version is being made. */
final class AccountDraft {

	private final Account before;

	private final List<Recorded> changes = new ArrayList<>();

	private AccountStatus status;

	private Map<String, String> fields;

	private @Nullable String emailKey;

	private @Nullable Link link;

	private final Map<TeamId, MemberOf> memberships = new LinkedHashMap<>();

	private Staged.@Nullable Leaver leaver;

	private final Map<TeamId, Staged.Removal> removals = new LinkedHashMap<>();

	private @Nullable Held held;

	private List<String> commands;

	AccountDraft(Account before) {
		this.before = before;
		this.status = before.status();
		this.fields = before.fields();
		this.emailKey = before.emailKey();
		this.link = before.link();
		before.memberships().forEach((membership) -> this.memberships.put(membership.team(), membership));
		this.leaver = before.staged().leaver();
		before.staged().removals().forEach((removal) -> this.removals.put(removal.team(), removal));
		this.held = before.held();
		this.commands = before.commands();
	}

	AccountStatus status() {
		return this.status;
	}

	@Nullable String emailKey() {
		return this.emailKey;
	}

	Map<TeamId, MemberOf> memberships() {
		return this.memberships;
	}

	Staged.@Nullable Leaver leaver() {
		return this.leaver;
	}

	Map<TeamId, Staged.Removal> removals() {
		return this.removals;
	}

	long nextVersion() {
		return this.before.version() + 1;
	}

	void link(ObjectKey object, Link.Status status) {
		this.link = new Link(object, status);
	}

	void linked(ObjectKey object, String matchedBy, Cause cause) {
		link(object, Link.Status.LINKED);
		record((a) -> new Change.AccountLinked(a.organization, a.account, a.name, matchedBy, a.version, a.ordinal,
				cause, a.at));
	}

	/** Says what to call somebody who has no account yet. */
	void name(String name) {
		this.fields = Map.of(Account.DISPLAY_NAME, name);
	}

	void create(Map<String, String> fields, String emailKey, Cause cause) {
		this.fields = Map.of();
		List<FieldChange> changed = differences(fields);
		take(AccountStatus.ACTIVE, fields, emailKey);
		record((a) -> new Change.AccountCreated(a.organization, a.account, a.name, changed, a.version, a.ordinal, cause,
				a.at));
	}

	void reactivate(Cause cause) {
		this.status = AccountStatus.ACTIVE;
		record((a) -> new Change.AccountReactivated(a.organization, a.account, a.name, a.version, a.ordinal, cause,
				a.at));
	}

	void deactivate(LeaverReason reason, Cause cause) {
		this.status = AccountStatus.DEACTIVATED;
		record((a) -> new Change.AccountDeactivated(a.organization, a.account, a.name, reason, a.version, a.ordinal,
				cause, a.at));
	}

	void update(Map<String, String> fields, @Nullable String emailKey, Cause cause) {
		List<FieldChange> changed = differences(fields);
		take(this.status, fields, emailKey);
		if (!changed.isEmpty()) {
			record((a) -> new Change.AccountUpdated(a.organization, a.account, a.name, changed, a.version, a.ordinal,
					cause, a.at));
		}
	}

	void hold(Held held, Cause cause) {
		if (!held.equals(this.held)) {
			this.held = held;
			record((a) -> new Change.AccountHeld(a.organization, a.account, a.name, held.reason(), held.detail(),
					a.version, a.ordinal, cause, a.at));
		}
	}

	void release(Cause cause) {
		Held was = this.held;
		if (was != null) {
			this.held = null;
			record((a) -> new Change.AccountReleased(a.organization, a.account, a.name, was.reason(), a.version,
					a.ordinal, cause, a.at));
		}
	}

	void join(MemberOf membership, Cause cause) {
		this.memberships.put(membership.team(), membership);
		record((a) -> new Change.MemberAdded(a.organization, a.account, a.name, membership.team(),
				membership.teamName(), membership.role(), a.version, a.ordinal, cause, a.at));
	}

	void leave(MemberOf membership, Cause cause) {
		this.memberships.remove(membership.team());
		record((a) -> new Change.MemberRemoved(a.organization, a.account, a.name, membership.team(),
				membership.teamName(), a.version, a.ordinal, cause, a.at));
	}

	void stage(Staged.@Nullable Leaver leaver) {
		this.leaver = leaver;
	}

	boolean remembers(String command) {
		return this.commands.contains(command);
	}

	void remember(String command) {
		this.commands = FactsMerge.remember(this.commands, command);
	}

	/** The next version, or null when it would be the same as before. */
	@Nullable Decided<Account> done(int rulesVersion, Instant now) {
		Staged staged = new Staged(this.leaver, List.copyOf(this.removals.values()));
		Account next = new Account(this.before.organization(), this.before.id(), this.status, this.fields,
				this.emailKey, this.link, List.copyOf(this.memberships.values()), staged, this.held, this.commands,
				this.before.rulesVersion(), this.before.version());
		if (this.changes.isEmpty() && next.equals(this.before)) {
			return null;
		}
		Account stored = new Account(next.organization(), next.id(), next.status(), next.fields(), next.emailKey(),
				next.link(), next.memberships(), next.staged(), next.held(), next.commands(), rulesVersion,
				nextVersion());
		List<Change> made = new ArrayList<>(this.changes.size());
		for (Recorded change : this.changes) {
			made.add(change.as(new Address(stored.organization(), stored.id(), stored.name(), stored.version(),
					made.size(), now)));
		}
		return new Decided<>(stored, made);
	}

	private void take(AccountStatus status, Map<String, String> fields, @Nullable String emailKey) {
		this.status = status;
		this.fields = fields;
		this.emailKey = emailKey;
	}

	private List<FieldChange> differences(Map<String, String> fields) {
		List<FieldChange> changed = new ArrayList<>();
		fields.forEach((field, value) -> {
			String from = this.fields.get(field);
			if (!value.equals(from)) {
				changed.add(new FieldChange(field, from, value));
			}
		});
		this.fields.forEach((field, value) -> {
			if (!fields.containsKey(field)) {
				changed.add(new FieldChange(field, value, null));
			}
		});
		return changed;
	}

	private void record(Recorded change) {
		this.changes.add(change);
	}

	/** A change whose version and place are not known yet. */
	private interface Recorded {

		Change as(Address address);

	}

	private record Address(OrganizationId organization, AccountId account, String name, long version, int ordinal,
			Instant at) {
	}

}
