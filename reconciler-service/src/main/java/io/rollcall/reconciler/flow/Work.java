package io.rollcall.reconciler.flow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.reconciler.rules.Deciding;
import io.rollcall.reconciler.rules.Decision;
import io.rollcall.reconciler.rules.Decisions;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Group;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import org.jspecify.annotations.Nullable;

/** A segment's objects, in the order of their first record, while it is applied. */
final class Work {

	private final Segment.OfObjects segment;

	private final Map<ConnectionId, Rules> rules;

	private final Instant now;

	private final Map<ObjectKey, ObjectWork> objects = new LinkedHashMap<>();

	Work(Segment.OfObjects segment, Map<ConnectionId, Rules> rules, Map<ObjectKey, Facts> known, Instant now) {
		this.segment = segment;
		this.rules = rules;
		this.now = now;
		for (Batch.Entry entry : segment.entries()) {
			Observation.OfObject record = (Observation.OfObject) entry.observation();
			this.objects
				.computeIfAbsent(keyOf(record),
						(key) -> new ObjectWork(entry.partition(), entry.offset(),
								known.getOrDefault(key, Facts.unknown(record.organization(), key, kindOf(record)))))
				.add(entry, record, now);
		}
		this.objects.values().forEach(ObjectWork::close);
	}

	/** The objects that a segment is about. */
	static Set<ObjectKey> keysOf(Segment.OfObjects segment) {
		Set<ObjectKey> keys = new LinkedHashSet<>();
		segment.entries().forEach((entry) -> keys.add(keyOf((Observation.OfObject) entry.observation())));
		return keys;
	}

	private static ObjectKey keyOf(Observation.OfObject record) {
		return new ObjectKey(record.connection(), record.object());
	}

	private static ObjectKind kindOf(Observation.OfObject record) {
		return switch (record) {
			case Observation.ObjectObserved observed -> observed.kind();
			case Observation.ObjectRemoved removed -> removed.kind();
			case Observation.MembershipObserved membership -> membership.kind();
			case Observation.ManagerObserved _ -> ObjectKind.USER;
			case Observation.ObjectUnseen _, Observation.DecideRequested _, Observation.StagedReleased _,
					Observation.IgnoreRequested _, Observation.ManualMemberRequested _ ->
				ObjectKind.OTHER;
		};
	}

	Segment.OfObjects segment() {
		return this.segment;
	}

	Instant now() {
		return this.now;
	}

	Collection<ObjectWork> objects() {
		return this.objects.values();
	}

	List<FactsWrite> changedFacts() {
		return this.objects.values().stream().filter(ObjectWork::changed).map(ObjectWork::write).toList();
	}

	/** Users whose attributes were read: only they have accounts. */
	List<ObjectWork> users() {
		return this.objects.values()
			.stream()
			.filter((object) -> !object.manual().isEmpty()
					|| (object.facts().kind() == ObjectKind.USER && object.facts().hasAttributes()))
			.toList();
	}

	/** Groups whose attributes were read: only they have teams. */
	List<ObjectWork> groups() {
		return this.objects.values()
			.stream()
			.filter((object) -> object.facts().kind() == ObjectKind.GROUP && object.facts().hasAttributes())
			.toList();
	}

	/** The groups that the users are in. */
	Set<ObjectKey> groupsOf(List<ObjectWork> users) {
		Set<ObjectKey> groups = new LinkedHashSet<>();
		for (ObjectWork user : users) {
			user.facts()
				.containers()
				.forEach((container) -> groups.add(new ObjectKey(user.key().connection(), container)));
		}
		return groups;
	}

	/** The e-mail keys that the directory gives to the users. */
	Set<EmailKey> emailsOf(List<ObjectWork> users) {
		Set<EmailKey> emails = new LinkedHashSet<>();
		for (ObjectWork user : users) {
			String key = sourceKey(user);
			if (key != null) {
				emails.add(new EmailKey(user.facts().organization(), key));
			}
		}
		return emails;
	}

	/** The e-mail key that the directory gives to a user. */
	@Nullable String sourceKey(ObjectWork user) {
		return switch (user.ask(() -> Decisions.decide(rules(user), user.facts()))) {
			case Decision.Include include -> include.emailKey();
			case Decision.Hold hold -> hold.sourceKey();
			case Decision.Leave _, Decision.Nothing _ -> null;
		};
	}

	/** Accounts that people named. */
	Map<OrganizationId, Set<AccountId>> named() {
		Map<OrganizationId, Set<AccountId>> named = new LinkedHashMap<>();
		this.objects.values()
			.stream()
			.flatMap((object) -> object.manual().stream())
			.forEach((request) -> named.computeIfAbsent(request.organization(), (o) -> new LinkedHashSet<>())
				.add(request.account()));
		return named;
	}

	Rules rules(ObjectWork object) {
		return this.rules.getOrDefault(object.key().connection(), Rules.standard());
	}

	Deciding deciding(ObjectWork object, Map<ObjectKey, Group> groups) {
		List<Group> containers = new ArrayList<>();
		object.facts().containers().forEach((container) -> {
			Group group = groups.get(new ObjectKey(object.key().connection(), container));
			if (group != null) {
				containers.add(group);
			}
		});
		return new Deciding(rules(object), object.facts(), object.run(), object.releases(), object.manual(), containers,
				this.now);
	}

}
