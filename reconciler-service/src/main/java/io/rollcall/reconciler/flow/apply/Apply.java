package io.rollcall.reconciler.flow.apply;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Change.TeamChanged;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.DecisionsRequested.Why;
import io.rollcall.model.directory.Observation.PlaceGiven;
import io.rollcall.model.directory.Observation.RoleGiven;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Changes;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.TeamName;
import org.jspecify.annotations.Nullable;

/**
 * Applies one batch: facts are loaded, merged and written; only then what the decisions
 * need is read; accounts and teams are written with what there is to tell; that is
 * published. Whoever calls it commits then. A batch that fails anywhere is applied again,
 * perhaps cut in another way, and ends the same: a document holds what its last write has
 * to tell until that was told, and nothing is written over what may not have been.
 */
public final class Apply {

	/** Each attempt but the last lost to another writer; then the batch begins anew. */
	private static final int ATTEMPTS = 5;

	private static final Duration RECENTLY = Duration.ofMinutes(1);

	private final DirectoryObjects objects;

	private final DecisionInputs inputs;

	private final AccountsAndTeams accounts;

	private final Organizations organizations;

	private final Outbound outbound;

	private final CommittedOffsets committed;

	private final InstantSource clock;

	public Apply(DirectoryObjects objects, DecisionInputs inputs, AccountsAndTeams accounts,
			Organizations organizations, Outbound outbound, CommittedOffsets committed, InstantSource clock) {
		this.objects = objects;
		this.inputs = inputs;
		this.accounts = accounts;
		this.organizations = organizations;
		this.outbound = outbound;
		this.committed = committed;
		this.clock = clock;
	}

	/**
	 * Applies a batch; when it returns, everything that it says is stored and published.
	 * @return what was passed over, as its connection is set aside
	 */
	public List<Batch.Entry> apply(Batch batch) {
		for (int attempt = 1;; attempt++) {
			try {
				return new Attempt(batch).run();
			}
			catch (WrittenByOthers ex) {
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	/** One attempt to apply a batch. */
	private final class Attempt {

		private final Batch batch;

		private final DirectoryObjects.Found found;

		private final List<Batch.Entry> entries = new ArrayList<>();

		private final List<Batch.Entry> setAside = new ArrayList<>();

		/** Milliseconds: what is read back equals what was written. */
		private final Instant now = Apply.this.clock.instant().truncatedTo(ChronoUnit.MILLIS);

		private Attempt(Batch batch) {
			this.batch = batch;
			Set<ConnectionId> connections = new LinkedHashSet<>();
			batch.entries().forEach((entry) -> connections.add(entry.observation().connection()));
			this.found = Apply.this.objects.find(Work.keysOf(batch.entries()), connections);
			batch.entries().forEach((entry) -> {
				Connection connection = this.found.connections().get(entry.observation().connection());
				((connection != null && connection.setAside()) ? this.setAside : this.entries).add(entry);
			});
		}

		private List<Batch.Entry> run() {
			if (!this.entries.isEmpty()) {
				Telling telling = new Telling(this.entries.getFirst(), this.now);
				telling.records(this.entries);
				Work work = new Work(this.entries, this.found.objects(), this.now);
				tellWhatFactsSaid(work, telling);
				writeFacts(work);
				Decide decide = new Decide(Apply.this.inputs, work, this.found.connections());
				decide.run();
				tellWhatIsPending(work, decide, telling);
				write(decide, telling);
				tellWhatElseFollows(work, decide, telling);
				publish(telling.messages());
			}
			return this.setAside;
		}

		private void tellWhatFactsSaid(Work work, Telling telling) {
			work.objects().forEach((object) -> {
				StoredFacts.Says said = object.said();
				if (said != null && !Apply.this.committed.isPast(said.cause())) {
					telling.facts(object.before(), said);
				}
			});
			publish(telling.first());
		}

		private void writeFacts(Work work) {
			List<DirectoryObjects.Write> writes = work.objects()
				.stream()
				.map(Work.OfObject::write)
				.filter(Objects::nonNull)
				.toList();
			if (!writes.isEmpty()) {
				this.batch.checkFresh();
				Apply.this.objects.write(writes);
			}
		}

		private void tellWhatIsPending(Work work, Decide decide, Telling telling) {
			Set<StoredAccount> pending = new LinkedHashSet<>();
			decide.accounts().values().forEach((known) -> {
				known.next().forEach((next) -> addPending(known.stored(next.account().id()), pending));
				work.objects()
					.forEach((object) -> known.of(object.key())
						.forEach((account) -> addPending(known.stored(account.id()), pending)));
				work.imports()
					.forEach((imported) -> imported.accounts()
						.forEach((account) -> addPending(known.stored(account.account()), pending)));
				// What a person took from a user is the user's no more, and was written
				// with it.
				work.objects()
					.forEach((object) -> object.settled()
						.map(known::stored)
						.ifPresent((account) -> addPending(account, pending)));
			});
			actsOf(work, PlaceGiven.class)
				.forEach((given) -> addPending(decide, given.organization(), given.account(), pending));
			actsOf(work, RoleGiven.class)
				.forEach((given) -> addPending(decide, given.organization(), given.account(), pending));
			pending.forEach((account) -> tellAgain(account, telling));
			work.objects().forEach((object) -> {
				StoredTeam team = decide.team(object);
				if (team != null && team.pending() != null && !Apply.this.committed.isPast(team.pending().cause())) {
					telling.team(team, null);
					askForNames(List.of(team), telling);
					byte[] change = team.pending().change();
					tellPlaces(team.team(),
							(change != null) ? EventFormat.json().readValue(change, TeamChanged.class) : null, telling);
				}
			});
			ask(pending, telling);
			publish(telling.first());
		}

		/** The write that is told again may be the one that changed its writer. */
		private static void tellAgain(StoredAccount stored, Telling telling) {
			telling.account(stored, null);
			Account account = stored.account();
			ObjectKey object = account.object();
			if (object != null && !DerivedIds.account(account.organization(), object).equals(account.id())) {
				telling.writerChanged(account.organization(), object);
			}
		}

		/** An account without a directory user is found by what it was asked. */
		private void addPending(Decide decide, OrganizationId organization, AccountId id, Set<StoredAccount> pending) {
			KnownAccounts known = decide.accounts().get(organization);
			addPending((known != null) ? known.stored(id) : null, pending);
		}

		private void addPending(@Nullable StoredAccount account, Set<StoredAccount> pending) {
			if (account != null && account.pending() != null
					&& !Apply.this.committed.isPast(account.pending().cause())) {
				pending.add(account);
			}
		}

		private void write(Decide decide, Telling telling) {
			List<NextAccount> accounts = new ArrayList<>();
			decide.accounts().values().forEach((known) -> known.next().forEach((next) -> add(next, known, accounts)));
			List<NextTeam> teams = decide.nextTeams().stream().map(this::next).toList();
			List<Owners> owners = decide.accounts()
				.values()
				.stream()
				.map(KnownAccounts::nextOwners)
				.filter(Objects::nonNull)
				.toList();
			if (accounts.isEmpty() && teams.isEmpty() && owners.isEmpty()) {
				return;
			}
			// First those that set an address free that others of them take.
			List<StoredAccount> inOrder = new ArrayList<>();
			accounts.stream().filter(NextAccount::freesAddress).forEach((next) -> inOrder.add(next.stored));
			accounts.stream().filter((next) -> !next.freesAddress()).forEach((next) -> inOrder.add(next.stored));
			this.batch.checkFresh();
			owners.forEach(Apply.this.organizations::write);
			Apply.this.accounts.write(inOrder, teams.stream().map((next) -> next.stored).toList());
			accounts.forEach((next) -> tell(next, telling));
			teams.forEach((next) -> telling.team(next.stored, next.change));
			ask(inOrder, telling);
			List<StoredTeam> written = teams.stream().map((next) -> next.stored).toList();
			askForNames(written, telling);
			teams.forEach((next) -> tellPlaces(next.stored.team(), next.change, telling));
		}

		private void tell(NextAccount next, Telling telling) {
			telling.account(next.stored, next.change);
			ObjectKey object = next.stored.account().object();
			if (next.writtenBefore != null && object != null && !object.equals(next.before.object())
					&& next.writtenBefore.isAfter(this.now.minus(RECENTLY))) {
				telling.writerChanged(next.before.organization(), object);
			}
		}

		private void add(KnownAccounts.Next next, KnownAccounts known, List<NextAccount> accounts) {
			StoredAccount stored = known.stored(next.account().id());
			Account decided = next.account();
			Writer writer = next.writer();
			Account before = (stored != null) ? stored.account()
					: Account.unborn(decided.organization(), decided.id(), decided.object());
			Account after = decided.as(before.version() + 1, before.revision() + 1);
			Change.AccountChanged change = changes(writer).of(before, after, next.reason());
			if (change == null) {
				after = decided.as(before.version(), before.revision() + 1);
			}
			Pending pending = new Pending(writer.cause(), writer.run(), this.now,
					(change != null) ? EventFormat.value(change) : null, emails(before, after),
					managers(before, after));
			accounts.add(new NextAccount(new StoredAccount(after, known.command(after.id()), pending, this.now), change,
					before, (stored != null) ? stored.writtenAt() : null));
		}

		private NextTeam next(KnownTeams.Next next) {
			Work.OfObject writer = next.writer();
			Team decided = next.team();
			Team before = (next.stored() != null) ? next.stored().team() : decided.as(0, 0);
			Team after = decided.as(before.version() + 1, before.revision() + 1);
			Change.TeamChanged change = changes(writer).of(before, after);
			if (change == null) {
				after = decided.as(before.version(), before.revision() + 1);
			}
			Pending pending = new Pending(writer.cause(), writer.run(), this.now,
					(change != null) ? EventFormat.value(change) : null, freedName(before, after), List.of());
			return new NextTeam(new StoredTeam(after, next.command(), pending, this.now), change);
		}

		private Changes changes(Writer writer) {
			return new Changes(writer.connection(), writer.run(), writer.by(), this.now);
		}

		/** The addresses that others must be decided for: wanted, free, or soon free. */
		private static List<String> emails(Account before, Account after) {
			Set<String> emails = new LinkedHashSet<>();
			if (after.wants() != null && !after.wants().equals(before.wants())) {
				emails.add(after.wants());
			}
			boolean leaves = !Objects.equals(before.staged().leaving(), after.staged().leaving())
					|| (before.status() == Status.ACTIVE && after.status() != Status.ACTIVE)
					|| (before.object() != null && after.object() == null);
			if (before.emailKey() != null && (leaves || !before.emailKey().equals(after.emailKey()))) {
				emails.add(before.emailKey());
			}
			return List.copyOf(emails);
		}

		/** Whoever got or lost a report may get a team, or lose it. */
		private static List<ObjectId> managers(Account before, Account after) {
			return Objects.equals(before.manager(), after.manager()) ? List.of()
					: Stream.of(before.manager(), after.manager()).filter(Objects::nonNull).toList();
		}

		private static List<String> freedName(Team before, Team after) {
			String key = before.nameKey();
			return (key == null || before.revision() == 0 || key.equals(after.nameKey())) ? List.of() : List.of(key);
		}

		/**
		 * Has those decided who want an address that may be free, and who has one that
		 * somebody wants. They are looked up after the write: whoever writes later sees
		 * what was written.
		 */
		private void ask(Iterable<StoredAccount> written, Telling telling) {
			DecisionInputs.Wanted wanted = DecisionInputs.Wanted.of(Set.of());
			Map<OrganizationId, Set<String>> keys = wanted.emails();
			written.forEach((account) -> {
				if (account.pending() != null && !account.pending().emails().isEmpty()) {
					keys.computeIfAbsent(account.account().organization(), (none) -> new LinkedHashSet<>())
						.addAll(account.pending().emails());
				}
			});
			if (keys.isEmpty()) {
				return;
			}
			wanted.wantedEmails().putAll(keys);
			List<StoredAccount> concerned = Apply.this.inputs.read(wanted).accounts();
			Map<String, Set<Account>> byKey = new HashMap<>();
			concerned.forEach((stored) -> Stream.of(stored.account().emailKey(), stored.account().wants())
				.filter(Objects::nonNull)
				.forEach((key) -> byKey
					.computeIfAbsent(inOrganization(stored.account(), key), (_) -> new LinkedHashSet<>())
					.add(stored.account())));
			Map<ObjectKey, OrganizationId> asked = new LinkedHashMap<>();
			written.forEach((account) -> {
				if (account.pending() != null) {
					account.pending()
						.emails()
						.forEach((key) -> ask(account.account(), key,
								byKey.getOrDefault(inOrganization(account.account(), key), Set.of()), asked));
				}
			});
			telling.decisions(asked, Why.EMAIL, Apply.this.outbound);
		}

		/** Has those decided whose number in a name may be lower now. */
		private void askForNames(List<StoredTeam> written, Telling telling) {
			DecisionInputs.Wanted wanted = DecisionInputs.Wanted.of(Set.of());
			Map<OrganizationId, Set<String>> names = wanted.teamNames();
			written.forEach((stored) -> {
				if (stored.pending() != null) {
					stored.pending()
						.emails()
						.forEach((key) -> names
							.computeIfAbsent(stored.team().organization(), (none) -> new LinkedHashSet<>())
							.add(TeamName.startOf(key)));
				}
			});
			if (names.isEmpty()) {
				return;
			}
			Map<ObjectKey, OrganizationId> asked = new LinkedHashMap<>();
			Apply.this.inputs.read(wanted).teams().forEach((stored) -> {
				Team team = stored.team();
				if (team.connection() != null && team.source() != null) {
					asked.put(new ObjectKey(team.connection(), team.source().object()), team.organization());
				}
			});
			telling.decisions(asked, Why.CONTAINER, Apply.this.outbound);
		}

		/** Places that people gave end with their team, and are called as it is. */
		private void tellPlaces(Team team, @Nullable TeamChanged change, Telling telling) {
			if (change != null
					&& (change.what() == TeamChanged.What.ARCHIVED || change.what() == TeamChanged.What.RENAMED)) {
				Apply.this.organizations.placedIn(team.organization(), team.id())
					.forEach((placed) -> telling.place(placed.account(), team));
			}
		}

		/**
		 * A team may have been archived when a place in it was written, and was not seen
		 * by whoever archived it.
		 */
		private void endPlacesInNoTeam(Work work, Telling telling) {
			List<PlaceGiven> given = actsOf(work, PlaceGiven.class).filter((place) -> place.role() != null).toList();
			if (given.isEmpty()) {
				return;
			}
			DecisionInputs.Wanted wanted = DecisionInputs.Wanted.of(Set.of());
			given.forEach((place) -> wanted.teams()
				.computeIfAbsent(place.organization(), (none) -> new LinkedHashSet<>())
				.add(place.team()));
			Set<TeamId> active = Apply.this.inputs.read(wanted)
				.teams()
				.stream()
				.map(StoredTeam::team)
				.filter((team) -> team.status() == Status.ACTIVE)
				.map(Team::id)
				.collect(Collectors.toSet());
			given.stream()
				.filter((place) -> !active.contains(place.team()))
				.forEach((place) -> telling.placeEnds(new ObjectKey(place.connection(), place.object()),
						place.organization(), place.account(), place.team()));
		}

		/** The owner who could not leave may be able to, now that there is another. */
		private void askOwners(Work work, Decide decide, Telling telling) {
			DecisionInputs.Wanted wanted = DecisionInputs.Wanted.of(Set.of());
			actsOf(work, RoleGiven.class).forEach((given) -> {
				KnownAccounts known = decide.accounts().get(given.organization());
				if (known != null) {
					wanted.accounts().put(given.organization(), known.owners());
				}
			});
			if (wanted.accounts().isEmpty()) {
				return;
			}
			Map<ObjectKey, OrganizationId> asked = new LinkedHashMap<>();
			Apply.this.inputs.read(wanted)
				.accounts()
				.stream()
				.map(StoredAccount::account)
				.filter((account) -> account.held() != null && account.held().code() == Reason.Code.LAST_OWNER)
				.forEach((account) -> asked.put(account.key(), account.organization()));
			telling.decisions(asked, Why.CONTAINER, Apply.this.outbound);
		}

		private static <T extends Observation> Stream<T> actsOf(Work work, Class<T> type) {
			return work.objects()
				.stream()
				.flatMap((object) -> object.acts().stream())
				.map(Batch.Entry::observation)
				.filter(type::isInstance)
				.map(type::cast);
		}

		private static String inOrganization(Account account, String key) {
			return account.organization() + ":" + key;
		}

		private static void ask(Account written, String key, Set<Account> concerned,
				Map<ObjectKey, OrganizationId> asked) {
			boolean wants = key.equals(written.wants());
			boolean held = false;
			for (Account account : concerned) {
				boolean holds = key.equals(account.emailKey());
				held |= holds;
				if (!account.id().equals(written.id()) && account.object() != null
						&& (wants ? holds : key.equals(account.wants()))) {
					asked.put(account.object(), account.organization());
				}
			}
			if (wants && !held && written.object() != null) {
				asked.put(written.object(), written.organization());
			}
		}

		private void tellWhatElseFollows(Work work, Decide decide, Telling telling) {
			Map<ObjectKey, OrganizationId> asked = new LinkedHashMap<>();
			work.objects().forEach((object) -> {
				StoredFacts.Says says = object.says();
				if (says != null) {
					telling.facts(object.facts(), says);
				}
				telling.missed(object, decide.missedBy(object));
				KnownAccounts known = decide.accounts().get(object.organization());
				if (object.isRestated() && known != null) {
					restate(object, known, decide, telling);
				}
				if (object.isJudgedAgain() && known != null) {
					judgeAgain(object, known, decide, telling);
				}
				if (object.facts().departure() != null && known != null) {
					known.mayBeTakenOver(object.key()).forEach((wanter) -> asked.put(wanter, object.organization()));
				}
			});
			telling.decisions(asked, Why.EMAIL, Apply.this.outbound);
			endPlacesInNoTeam(work, telling);
			askOwners(work, decide, telling);
		}

		private static void restate(Work.OfObject object, KnownAccounts known, Decide decide, Telling telling) {
			known.of(object.key()).forEach((account) -> {
				StoredAccount stored = known.stored(account.id());
				if (stored != null && stored.account().equals(account)) {
					telling.state(stored);
				}
			});
			StoredTeam team = decide.team(object);
			if (team != null) {
				telling.state(team);
			}
		}

		private static void judgeAgain(Work.OfObject object, KnownAccounts known, Decide decide, Telling telling) {
			// What this batch stages has a later revision than these have.
			known.of(object.key()).forEach((account) -> telling.stagedBefore(account, object.key(), object.run()));
			Team team = decide.teamAsDecided(object);
			if (team != null) {
				telling.stagedBefore(team, object.run());
			}
		}

		private void publish(List<Outbound.Message> messages) {
			if (!messages.isEmpty()) {
				this.batch.checkFresh();
				Apply.this.outbound.publish(messages);
			}
		}

	}

	/** An account that is written, with the change that it is. */
	private record NextAccount(StoredAccount stored, Change.@Nullable AccountChanged change, Account before,
			@Nullable Instant writtenBefore) {

		private boolean freesAddress() {
			return this.before.emailKey() != null && !this.before.emailKey().equals(this.stored.account().emailKey());
		}

	}

	private record NextTeam(StoredTeam stored, Change.@Nullable TeamChanged change) {
	}

}
