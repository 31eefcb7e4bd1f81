package io.rollcall.reconciler.mongo.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.mongo.Collections;
import io.rollcall.reconciler.mongo.ConnectionDocuments;
import io.rollcall.reconciler.mongo.Fields;
import io.rollcall.reconciler.mongo.MongoOrganizations;
import io.rollcall.reconciler.mongo.NestingDocuments;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Containers;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.EmailKeys;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Plain reads. Who waits, who is held, who has an address and who is in a team by hand
 * have indexes, which are nearly empty; a search walks the organization, so many a
 * request, as an index of all words of all names would cost every insert.
 */
public final class MongoViews implements Views {

	private static final int WALKED = 20_000;

	private static final String LEAVING = Fields.STAGED + ".leaving";

	private static final String BY_HAND_CURSOR = "hand:";

	private final MongoDatabase database;

	private final MongoCollection<StoredFacts> facts;

	private final MongoCollection<StoredAccount> accounts;

	private final MongoCollection<StoredTeam> teams;

	public MongoViews(MongoDatabase database) {
		this.database = database;
		this.facts = Collections.facts(database);
		this.accounts = Collections.accounts(database);
		this.teams = Collections.teams(database);
	}

	@Override
	public @Nullable Facts facts(ObjectKey object) {
		StoredFacts found = Await.one(this.facts.find(Filters.eq(Fields.ID, object.toString())).first());
		return (found != null) ? found.facts() : null;
	}

	@Override
	public Containers containers(ConnectionId connection) {
		return new Containers() {

			@Override
			public @Nullable Facts facts(Container container) {
				return MongoViews.this.facts(new ObjectKey(connection, container.object()));
			}

			@Override
			public @Nullable Set<Container> above(Container container) {
				ObjectKey key = new ObjectKey(connection, container.object());
				Document stored = Await.one(MongoViews.this.database.getCollection(NestingDocuments.NESTINGS)
					.find(Filters.eq(Fields.ID, key.toString()))
					.first());
				return Nesting.above(facts(container), (stored != null) ? NestingDocuments.nesting(stored) : null);
			}

			@Override
			public boolean isHidden(Container container) {
				Connection of = Await.answer(ConnectionDocuments.find(MongoViews.this.database, List.of(connection)))
					.get(connection);
				return of != null && of.hidden().contains(container);
			}

		};
	}

	@Override
	public List<Facts> facts(Collection<ObjectKey> objects) {
		return Await.all(this.facts.find(Filters.in(Fields.ID, objects.stream().map(ObjectKey::toString).toList())))
			.stream()
			.map(StoredFacts::facts)
			.toList();
	}

	@Override
	public @Nullable StoredAccount accountOf(OrganizationId organization, ObjectKey object) {
		// Another one may have taken over the account that was made for it, and it may
		// have waited before it got one.
		return accountsOf(organization, List.of(object)).stream()
			.max(Comparator.comparing((stored) -> stored.account().isLinked()))
			.orElse(null);
	}

	@Override
	public @Nullable StoredAccount account(OrganizationId organization, AccountId account) {
		return Await.one(this.accounts.find(Filters.eq(Fields.ID, organization + ":" + account)));
	}

	@Override
	public List<StoredAccount> accounts(OrganizationId organization, Collection<AccountId> accounts) {
		return Await.all(this.accounts
			.find(Filters.in(Fields.ID, accounts.stream().map((account) -> organization + ":" + account).toList())));
	}

	@Override
	public List<StoredAccount> holders(OrganizationId organization, Collection<String> emailKeys) {
		return Await.all(this.accounts.find(Filters.and(Filters.eq(Fields.ORGANIZATION, organization.value()),
				Filters.in(Fields.EMAIL_KEY, emailKeys))));
	}

	@Override
	public List<StoredAccount> accountsOf(OrganizationId organization, Collection<ObjectKey> objects) {
		return Await.all(this.accounts.find(of(organization, objects)))
			.stream()
			.filter((stored) -> objects.contains(stored.account().key()))
			.toList();
	}

	@Override
	public Page<StoredAccount> accounts(OrganizationId organization, Query query, @Nullable String cursor, int limit) {
		List<Bson> filters = new ArrayList<>();
		filters.add(Filters.eq(Fields.ORGANIZATION, organization.value()));
		filters.add((query.status() != null) ? Filters.eq(Fields.STATUS, query.status().name())
				: (query.held() != null) ? Filters.empty() : Filters.ne(Fields.STATUS, State.Status.WAITING.name()));
		Held held = query.held();
		if (held != null) {
			filters.add(Filters.exists(Fields.HELD));
			among(held.connection(), held.reason(), Fields.HELD, filters);
		}
		if (query.email() != null) {
			filters.add(Filters.eq(Fields.EMAIL_KEY,
					Objects.requireNonNullElse(EmailKeys.of(query.email()), query.email())));
		}
		if (query.text() != null) {
			filters.add(Filters.or(Filters.regex(Fields.FIELDS + "." + Account.DISPLAY_NAME, wordOf(query.text())),
					Filters.regex(Fields.FIELDS + ".surname", wordOf(query.text())),
					Filters.regex(Fields.EMAIL_KEY, wordOf(query.text()))));
		}
		Left left = query.left();
		if (left != null) {
			left(left, filters);
		}
		boolean indexed = query.email() != null || held != null
				|| (left != null && left.state() == Account.Leaving.State.QUEUED)
				|| query.status() == State.Status.WAITING;
		return page(this.accounts, organization, Filters.and(filters), indexed, cursor, limit,
				(stored) -> stored.account().id().value());
	}

	private static void left(Left left, List<Bson> filters) {
		filters.add(Filters.eq(LEAVING + ".state", left.state().name()));
		if (left.state() == Account.Leaving.State.QUEUED) {
			// Who waits for a person has an index.
			filters.add(Filters.exists(Fields.HELD));
		}
		among(left.connection(), left.reason(), LEAVING + ".reason", filters);
	}

	private static void among(@Nullable ConnectionId connection, Reason.@Nullable Code reason, String field,
			List<Bson> filters) {
		if (connection != null) {
			filters.add(Filters.eq(Fields.CONNECTION, connection.value()));
		}
		if (reason != null) {
			filters.add(Filters.eq(field + ".code", reason.name()));
		}
	}

	@Override
	public Set<AccountId> owners(OrganizationId organization) {
		return Await.answer(MongoOrganizations.find(this.database, List.of(organization)))
			.values()
			.stream()
			.flatMap((owners) -> owners.accounts().stream())
			.collect(Collectors.toSet());
	}

	@Override
	public @Nullable StoredTeam team(OrganizationId organization, TeamId team) {
		return Await.one(this.teams.find(Filters.eq(Fields.ID, organization + ":" + team)));
	}

	@Override
	public Page<StoredTeam> teams(OrganizationId organization, @Nullable String text, @Nullable String cursor,
			int limit) {
		Bson named = (text != null) ? Filters.regex(Fields.NAME, wordOf(text)) : Filters.empty();
		return page(this.teams, organization, named, false, cursor, limit, (stored) -> stored.team().id().value());
	}

	@Override
	public Page<StoredAccount> members(Team team, @Nullable String cursor, int limit) {
		if (team.source() != null && team.connection() != null
				&& (cursor == null || !cursor.startsWith(BY_HAND_CURSOR))) {
			Page<StoredAccount> page = membersInDirectory(team, cursor, limit);
			if (page.next() != null || page.items().size() >= limit) {
				return (page.next() != null) ? page : new Page<>(page.items(), BY_HAND_CURSOR);
			}
			Page<StoredAccount> byHand = membersByHand(team, "", limit - page.items().size());
			List<StoredAccount> both = new ArrayList<>(page.items());
			both.addAll(byHand.items());
			return new Page<>(both, byHand.next());
		}
		return membersByHand(team, (cursor != null) ? cursor.substring(BY_HAND_CURSOR.length()) : "", limit);
	}

	/** Found by the facts' edges: members have no index of their own. */
	private Page<StoredAccount> membersInDirectory(Team team, @Nullable String cursor, int limit) {
		String connection = Objects.requireNonNull(team.connection()).value();
		List<Document> users = Await.all(this.database.getCollection(Fields.FACTS)
			.find(Filters.and(Filters.eq(Fields.CONNECTION, connection),
					in(connection, Objects.requireNonNull(team.source())),
					Filters.gt(Fields.ID, connection + ":" + ((cursor != null) ? cursor : ""))))
			.projection(Projections.include(Fields.ID))
			.sort(Sorts.ascending(Fields.ID))
			.limit(limit));
		List<ObjectKey> keys = users.stream()
			.map((user) -> new ObjectKey(team.connection(),
					new ObjectId(user.getString(Fields.ID).substring(connection.length() + 1))))
			.toList();
		List<StoredAccount> members = keys.isEmpty() ? List.of()
				: Await.all(this.accounts.find(of(team.organization(), keys)))
					.stream()
					.filter((stored) -> isIn(stored.account(), team, false))
					.toList();
		return new Page<>(members, (users.size() == limit) ? keys.getLast().object().value() : null);
	}

	/**
	 * A manager is in the team of the reports; a group may take those of groups below.
	 */
	private Bson in(String connection, Container source) {
		if (source.kind() == ContainerKind.MANAGER) {
			return Filters.or(Filters.eq(Fields.IN, source.code()),
					Filters.eq(Fields.ID, connection + ":" + source.object()));
		}
		List<String> codes = new ArrayList<>(List.of(source.code()));
		Await
			.all(this.database.getCollection(NestingDocuments.NESTINGS)
				.find(Filters.and(Filters.gt(Fields.ID, connection + ":"), Filters.lt(Fields.ID, connection + ";"),
						Filters.eq(NestingDocuments.ABOVE, source.code())))
				.projection(Projections.include(Fields.ID)))
			.forEach((below) -> codes.add(new Container(ContainerKind.GROUP,
					new ObjectId(below.getString(Fields.ID).substring(connection.length() + 1)))
				.code()));
		return Filters.in(Fields.IN, codes);
	}

	private Page<StoredAccount> membersByHand(Team team, String after, int limit) {
		List<StoredAccount> found = Await.all(this.accounts
			.find(Filters.and(Fields.placedIn(team.organization(), team.id()),
					Filters.gt(Fields.ID, team.organization() + ":" + after)))
			.sort(Sorts.ascending(Fields.ID))
			.limit(limit));
		return new Page<>(found.stream().filter((stored) -> isIn(stored.account(), team, true)).toList(),
				(found.size() == limit) ? BY_HAND_CURSOR + found.getLast().account().id() : null);
	}

	private static boolean isIn(Account account, Team team, boolean byHand) {
		return account.memberships()
			.stream()
			.anyMatch((member) -> member.team().equals(team.id()) && member.byHand() == byHand);
	}

	/**
	 * By the id that is derived from the object, or by the link where it has another; an
	 * account without an object by its own id.
	 */
	private static Bson of(OrganizationId organization, Collection<ObjectKey> objects) {
		return Filters.or(
				Filters.in(Fields.ID,
						objects.stream()
							.map((object) -> organization + ":"
									+ (object.connection().isNone() ? object.object()
											: DerivedIds.account(organization, object)))
							.toList()),
				Filters.and(Filters.in(Fields.LINK_KEY, objects.stream().map(ObjectKey::toString).toList()),
						Filters.eq(Fields.ORGANIZATION, organization.value())));
	}

	/**
	 * A page, in the order of ids. What has no index is looked for among the next so many
	 * documents only.
	 */
	private <T> Page<T> page(MongoCollection<T> collection, OrganizationId organization, Bson filter, boolean indexed,
			@Nullable String cursor, int limit, Function<T, String> id) {
		String start = organization + ":";
		Bson rest = Filters.and(Filters.gt(Fields.ID, start + Objects.requireNonNullElse(cursor, "")),
				Filters.lt(Fields.ID, organization + ";"));
		String until = indexed ? null : walkedUpTo(collection, rest);
		List<T> found = Await.all(collection
			.find(Filters.and(rest, (until != null) ? Filters.lte(Fields.ID, until) : Filters.empty(), filter))
			.sort(Sorts.ascending(Fields.ID))
			.limit(limit));
		if (found.size() == limit) {
			return new Page<>(found, id.apply(found.getLast()));
		}
		return new Page<>(found, (until != null) ? until.substring(start.length()) : null);
	}

	private @Nullable String walkedUpTo(MongoCollection<?> collection, Bson rest) {
		Document last = Await.one(this.database.getCollection(collection.getNamespace().getCollectionName())
			.find(rest)
			.projection(Projections.include(Fields.ID))
			.sort(Sorts.ascending(Fields.ID))
			.skip(WALKED - 1)
			.limit(1)
			.first());
		return (last != null) ? last.getString(Fields.ID) : null;
	}

	private static Pattern wordOf(String text) {
		return Pattern.compile("(^|[\\s.,'’-])" + Pattern.quote(text), Pattern.CASE_INSENSITIVE);
	}

}
