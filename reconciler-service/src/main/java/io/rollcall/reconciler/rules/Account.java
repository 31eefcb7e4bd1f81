package io.rollcall.reconciler.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import org.jspecify.annotations.Nullable;

/**
 * One of the application's own users, memberships included.
 *
 * @param fields what the mapping gave, by field; an empty field is absent; whoever makes
 * the map keeps it as it is
 * @param emailKey what no two accounts of an organization share; null when it has none
 * @param keys by which a directory user may find it, while it belongs to none
 * @param object the directory user it belongs to, or waits for ({@code WAITING}); null
 * when it belongs to none
 * @param manager whom the directory user reports to, while the account is in use and
 * managers make teams
 * @param held why something about it waits; null when nothing does
 * @param wants the e-mail key that another account has: whoever gives it up has this one
 * decided again
 * @param rulesVersion the rules that decided it last
 * @param version counts its changes; never restarts
 * @param revision rises with every write; 0 before it is stored
 */
public record Account(OrganizationId organization, AccountId id, State.Status status, Map<String, String> fields,
		@Nullable String emailKey, List<String> keys, @Nullable ObjectKey object, List<Member> memberships,
		@Nullable ObjectId manager, Staged staged, @Nullable Reason held, @Nullable String wants, int rulesVersion,
		long version, long revision) {

	/** The fields every account must have. */
	public static final String DISPLAY_NAME = "displayName";

	public static final String EMAIL = "email";

	/** The field that people fill: the role in the organization. */
	public static final String ROLE = "role";

	/** The role of who may not be the last to leave. */
	public static final String OWNER = "OWNER";

	/** The field that tells whether somebody new is somebody known. */
	public static final String EMPLOYEE_ID = "employeeId";

	public Account {
		fields = Collections.unmodifiableMap(fields);
		keys = List.copyOf(keys);
		memberships = List.copyOf(memberships);
	}

	/**
	 * The account that is made, for a directory user or imported, before it is anything.
	 */
	public static Account unborn(OrganizationId organization, AccountId id, @Nullable ObjectKey object) {
		return new Account(organization, id, State.Status.WAITING, Map.of(), null, List.of(), object, List.of(), null,
				Staged.NOTHING, null, null, 0, 0, 0);
	}

	/** The same with other numbers. */
	public Account as(long nextVersion, long nextRevision) {
		return new Account(this.organization, this.id, this.status, this.fields, this.emailKey, this.keys, this.object,
				this.memberships, this.manager, this.staged, this.held, this.wants, this.rulesVersion, nextVersion,
				nextRevision);
	}

	/** The account's name for people. */
	public String name() {
		String name = this.fields.get(DISPLAY_NAME);
		return (name != null) ? name : this.id.value();
	}

	/** What acts on it are keyed by: its directory user, or itself where it has none. */
	public ObjectKey key() {
		return (this.object != null) ? this.object
				: new ObjectKey(ConnectionId.noneOf(this.organization), new ObjectId(this.id.value()));
	}

	/** Whether a person made it an owner of the organization. */
	public boolean isOwner() {
		return OWNER.equals(this.fields.get(ROLE));
	}

	/** Whether a directory user has it, and does not only wait for it. */
	public boolean isLinked() {
		return this.object != null && this.status != State.Status.WAITING;
	}

	/**
	 * An account's place in a team.
	 *
	 * @param name the team's name when the account was last written, for people
	 * @param byHand whether a person put it there: then it survives every run
	 */
	public record Member(TeamId team, String name, String role, boolean byHand) {

		/** The role of a member that no person gave a role. */
		public static final String MEMBER = "MEMBER";

		/** The role of a manager in the team of the manager's reports. */
		public static final String SUPERVISOR = "SUPERVISOR";

	}

	/**
	 * What is decided and waits, mostly for the guard. Each entry has the revision of the
	 * document that staged it: a release, or a person's answer, names exactly that.
	 *
	 * @param leaving its directory user has no place here; null when it has, and when the
	 * guard let the account go
	 * @param removals teams that it is to leave
	 * @param address its new address; null when that stays
	 */
	public record Staged(@Nullable Leaving leaving, List<Removal> removals, @Nullable Address address) {

		public static final Staged NOTHING = new Staged(null, List.of(), null);

		public Staged {
			removals = List.copyOf(removals);
		}

	}

	/**
	 * The account's directory user has no place here.
	 *
	 * @param at when a person said what becomes of the account; null while nobody did
	 */
	public record Leaving(Reason reason, long revision, State state, @Nullable Instant at) {

		/** How long a person may take a removal back. */
		public static final Duration UNDONE_WITHIN = Duration.ofDays(30);

		/** What becomes of the account. */
		public enum State {

			/** It goes when the guard lets it. */
			GUARDED,
			/** It goes when a person says so. */
			QUEUED,
			/** It stays, by the rules or by a person's word. */
			KEPT,
			/** It has gone by a person's word. */
			REMOVED

		}

	}

	/** The account is to leave a team. */
	public record Removal(TeamId team, long revision) {
	}

	/**
	 * The account is to get another address.
	 *
	 * @param released whether it may: then it only waits until the address is free
	 */
	public record Address(String email, String key, long revision, boolean released) {
	}

}
