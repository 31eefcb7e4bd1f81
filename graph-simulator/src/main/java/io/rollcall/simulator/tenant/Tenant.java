package io.rollcall.simulator.tenant;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** One tenant: many may read its directory at once, one at a time may act on it. */
public final class Tenant {

	private final TenantSpec spec;

	private final Directory directory;

	private final InstantSource clock;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

	private volatile long acts;

	private volatile ActRecorder recorder = (act, millis) -> {
	};

	public Tenant(TenantSpec spec, InstantSource clock) {
		this.spec = spec;
		this.clock = clock;
		this.directory = new Directory(spec);
	}

	public TenantSpec spec() {
		return this.spec;
	}

	public String id() {
		return this.spec.id();
	}

	/** How many acts changed something. */
	public long acts() {
		return this.acts;
	}

	public void listen(ChangeListener listener) {
		this.listeners.add(listener);
	}

	/** Reads the directory while nothing changes in it. */
	public <T> T read(Function<Directory, T> reading) {
		this.lock.readLock().lock();
		try {
			return reading.apply(this.directory);
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	/**
	 * Lets something happen.
	 * @return the object it happened to
	 * @throws ActRefused when it cannot happen
	 */
	public ObjectRef act(Act act) {
		long millis;
		ObjectRef object;
		boolean happened;
		this.lock.writeLock().lock();
		try {
			millis = this.clock.millis();
			int before = this.directory.log().size();
			object = apply(act, millis);
			happened = this.directory.log().size() > before;
			if (happened) {
				this.acts++;
				this.recorder.happened(act, millis);
			}
		}
		finally {
			this.lock.writeLock().unlock();
		}
		if (happened) {
			boolean purged = act instanceof Act.Purge;
			this.listeners.forEach((listener) -> listener.changed(this, object, purged, millis));
		}
		return object;
	}

	/** Writes down each act from now on. */
	public void record(ActRecorder recorder) {
		this.recorder = recorder;
	}

	/** Lets something happen again that was written down, without telling anybody. */
	public void replay(Act act, long millis) {
		this.lock.writeLock().lock();
		try {
			apply(act, millis);
			this.acts++;
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private ObjectRef apply(Act act, long millis) {
		return switch (act) {
			case Act.Create(Kind kind, Map<Attribute, Object> attributes) ->
				this.directory.create(kind, attributes, millis);
			case Act.Change(ObjectRef object, Map<Attribute, Object> attributes) -> {
				live(object);
				this.directory.set(object, attributes, millis);
				yield object;
			}
			case Act.Delete(ObjectRef object) -> {
				this.directory.softDelete(live(object), millis);
				yield object;
			}
			case Act.Restore(ObjectRef object) -> {
				check(this.directory.isSoftDeleted(object.kind(), object.index()), object, "is not in the recycle bin");
				this.directory.restore(object, millis);
				yield object;
			}
			case Act.Purge(ObjectRef object) -> {
				boolean there = this.directory.isLive(object)
						|| this.directory.isSoftDeleted(object.kind(), object.index());
				check(there, object, "does not exist any more");
				this.directory.purge(object, millis);
				yield object;
			}
			case Act.Join(ObjectRef member, ObjectRef container) -> {
				checkJoin(member, container);
				this.directory.setMember(container, live(member).asMember(), true, millis);
				yield container;
			}
			case Act.Leave(ObjectRef member, ObjectRef container) -> {
				this.directory.setMember(live(container), member.asMember(), false, millis);
				yield container;
			}
			case Act.Lead(int user, int manager) -> {
				ObjectRef object = live(new ObjectRef(Kind.USER, user));
				if (manager != Directory.NO_MANAGER) {
					live(new ObjectRef(Kind.USER, manager));
				}
				this.directory.setManager(user, manager, millis);
				yield object;
			}
		};
	}

	private void checkJoin(ObjectRef member, ObjectRef container) {
		live(container);
		if (container.kind() == Kind.USER || member.kind() == Kind.UNIT || member.equals(container)) {
			throw new ActRefused(
					"a %s cannot join a %s".formatted(member.kind().typeName(), container.kind().typeName()));
		}
	}

	private ObjectRef live(ObjectRef ref) {
		check(this.directory.isLive(ref), ref, "does not exist, or is deleted");
		return ref;
	}

	private void check(boolean holds, ObjectRef ref, String complaint) {
		if (!holds) {
			throw new ActRefused("%s %s %s".formatted(ref.kind().typeName(), this.directory.ids().id(ref), complaint));
		}
	}

}
