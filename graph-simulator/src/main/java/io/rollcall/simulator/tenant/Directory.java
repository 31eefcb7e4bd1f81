package io.rollcall.simulator.tenant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The state of a tenant: its objects, who is in what, who leads whom, and the log of
 * changes. Not thread-safe: its {@link Tenant} guards it.
 */
public final class Directory {

	/** The value of an attribute that was set once and then taken away. */
	public static final Object CLEARED = Objects.CLEARED;

	/** Nobody leads this one. */
	public static final int NO_MANAGER = -1;

	private final ObjectIds ids;

	private final ChangeLog log = new ChangeLog();

	private final Objects users;

	private final Objects groups;

	private final Objects units;

	private final Members groupMembers;

	private final Members unitMembers;

	private final Managers managers;

	Directory(TenantSpec spec) {
		GeneratedUsers generated = new GeneratedUsers(spec);
		this.ids = new ObjectIds(spec.seed());
		this.users = new Objects(generated, spec.users());
		this.groups = new Objects(new GeneratedContainers(spec, Kind.GROUP), spec.groups());
		this.units = new Objects(new GeneratedContainers(spec, Kind.UNIT), spec.units());
		SeededMembers seeded = new SeededMembers(spec);
		this.groupMembers = seeded.groups();
		this.unitMembers = seeded.units();
		this.managers = new Managers(generated, spec.users());
	}

	public ObjectIds ids() {
		return this.ids;
	}

	public ChangeLog log() {
		return this.log;
	}

	/** How many objects were ever there; the indexes to go through. */
	public int count(Kind kind) {
		return objects(kind).count();
	}

	public int live(Kind kind) {
		return objects(kind).live();
	}

	public long memberships() {
		return this.groupMembers.total();
	}

	public boolean isLive(ObjectRef ref) {
		return isLive(ref.kind(), ref.index());
	}

	public boolean isLive(Kind kind, int index) {
		return objects(kind).isLive(index);
	}

	public boolean isSoftDeleted(Kind kind, int index) {
		return objects(kind).isSoftDeleted(index);
	}

	/** When it was soft-deleted, in milliseconds since 1970. */
	public long deletedAt(ObjectRef ref) {
		return objects(ref.kind()).deletedAt(ref.index());
	}

	public Iterable<Integer> softDeleted(Kind kind) {
		return objects(kind).deletedIndexes();
	}

	/**
	 * The value; null where there never was one; {@link #CLEARED} where it was taken
	 * away.
	 */
	public @Nullable Object value(Kind kind, int index, Attribute attribute) {
		return objects(kind).value(index, attribute);
	}

	public int manager(int user) {
		return this.managers.of(user);
	}

	public int lastEntry(Kind kind, int index) {
		return objects(kind).lastEntry(index);
	}

	public int memberCount(Kind kind, int container) {
		return members(kind).size(container);
	}

	/** Members are sorted by their code, see {@link ObjectRef#asMember()}. */
	public int memberAt(Kind kind, int container, int position) {
		return members(kind).at(container, position);
	}

	public int memberPosition(Kind kind, int container, int member) {
		return members(kind).position(container, member);
	}

	public boolean isMember(ObjectRef container, ObjectRef member) {
		return members(container.kind()).contains(container.index(), member.asMember());
	}

	/** Whether its members are for those only who may see hidden ones. */
	public boolean hidesMembers(Kind kind, int container) {
		return "HiddenMembership".equals(value(kind, container, Attribute.VISIBILITY));
	}

	/** The groups or units this object is directly in. */
	public List<Integer> containersOf(Kind kind, int member) {
		List<Integer> found = new ArrayList<>();
		for (int container = 0; container < count(kind); container++) {
			if (members(kind).contains(container, member)) {
				found.add(container);
			}
		}
		return found;
	}

	ObjectRef create(Kind kind, Map<Attribute, Object> attributes, long millis) {
		Objects objects = objects(kind);
		ObjectRef ref = new ObjectRef(kind, objects.add());
		switch (kind) {
			case USER -> this.managers.grow(objects.count());
			case GROUP -> this.groupMembers.grow(objects.count());
			case UNIT -> this.unitMembers.grow(objects.count());
		}
		attributes.forEach((attribute, value) -> objects.set(ref.index(), attribute, value));
		record(ref, What.CREATED, 0, 0, millis);
		return ref;
	}

	boolean set(ObjectRef ref, Map<Attribute, Object> attributes, long millis) {
		long changed = 0;
		for (Map.Entry<Attribute, Object> entry : attributes.entrySet()) {
			Object before = value(ref.kind(), ref.index(), entry.getKey());
			boolean same = entry.getValue().equals((before != null) ? before : CLEARED);
			if (!same) {
				objects(ref.kind()).set(ref.index(), entry.getKey(), entry.getValue());
				changed |= entry.getKey().bit();
			}
		}
		if (changed != 0) {
			record(ref, What.ATTRIBUTES, changed, 0, millis);
		}
		return changed != 0;
	}

	boolean setManager(int user, int manager, long millis) {
		if (this.managers.of(user) == manager) {
			return false;
		}
		int before = this.managers.of(user);
		this.managers.set(user, manager);
		record(new ObjectRef(Kind.USER, user), What.MANAGER, 0, before, millis);
		return true;
	}

	void softDelete(ObjectRef ref, long millis) {
		objects(ref.kind()).softDelete(ref.index(), millis);
		record(ref, What.DELETED, 0, 0, millis);
	}

	void restore(ObjectRef ref, long millis) {
		objects(ref.kind()).restore(ref.index());
		record(ref, What.RESTORED, 0, 0, millis);
	}

	/** Gone for good, with its memberships and with its place as somebody's manager. */
	void purge(ObjectRef ref, long millis) {
		if (ref.kind() != Kind.UNIT) {
			for (Kind kind : new Kind[] { Kind.GROUP, Kind.UNIT }) {
				containersOf(kind, ref.asMember())
					.forEach((container) -> setMember(new ObjectRef(kind, container), ref.asMember(), false, millis));
			}
		}
		if (ref.kind() == Kind.USER) {
			this.managers.reportsOf(ref.index(), objects(Kind.USER).count())
				.forEach((report) -> setManager(report, NO_MANAGER, millis));
		}
		objects(ref.kind()).purge(ref.index());
		record(ref, What.PURGED, 0, 0, millis);
	}

	boolean setMember(ObjectRef container, int member, boolean in, long millis) {
		Members members = members(container.kind());
		if (members.contains(container.index(), member) == in) {
			return false;
		}
		if (in) {
			members.add(container.index(), member);
		}
		else {
			members.remove(container.index(), member);
		}
		record(container, in ? What.MEMBER_ADDED : What.MEMBER_REMOVED, 0, member, millis);
		return true;
	}

	private void record(ObjectRef ref, What what, long attributes, int member, long millis) {
		Objects objects = objects(ref.kind());
		int entry = this.log.append(ref, what, attributes, member, objects.lastEntry(ref.index()), millis);
		objects.lastEntry(ref.index(), entry);
	}

	private Objects objects(Kind kind) {
		return switch (kind) {
			case USER -> this.users;
			case GROUP -> this.groups;
			case UNIT -> this.units;
		};
	}

	private Members members(Kind kind) {
		return switch (kind) {
			case GROUP -> this.groupMembers;
			case UNIT -> this.unitMembers;
			case USER -> throw new IllegalArgumentException("a user has no members");
		};
	}

}
