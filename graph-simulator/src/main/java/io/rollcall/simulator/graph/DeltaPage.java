package io.rollcall.simulator.graph;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import io.rollcall.simulator.faults.Quirk;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.ChangeLog;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.What;

/**
 * One page of delta being written: objects in their order in the first round, then each
 * object at its last change.
 * <p>
 * The chain ends when the log's end is reached, so a change that happens while pages are
 * read is on a later page or in the next round, and never nowhere.
 */
final class DeltaPage {

	/** Fixed, as observed; {@code $top} is ignored. */
	static final int OBJECTS = 200;

	/** A group with more goes on, with the same properties, on the next page. */
	static final int MEMBERS = 500;

	private static final int BYTES_PER_OBJECT = 512;

	private final Directory directory;

	private final DeltaState state;

	private final int end;

	private final boolean minimal;

	private final Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);

	private final JsonBytes json = new JsonBytes(OBJECTS * BYTES_PER_OBJECT);

	private final ObjectWriter writer;

	private final RelationWriter relations;

	private Set<Quirk> quirks = Set.of();

	private int written;

	private boolean losesObject;

	/**
	 * A page to be written.
	 * @param end the log entries that are visible
	 * @param minimal whether only changed properties are wanted
	 * @param request whose app may see hidden members or not
	 */
	DeltaPage(Directory directory, DeltaState state, int end, boolean minimal, GraphRequest request) {
		this.directory = directory;
		this.state = state;
		this.end = end;
		this.minimal = minimal;
		for (Attribute attribute : Attribute.of(state.kind())) {
			if ((state.attributes() & attribute.bit()) != 0) {
				this.attributes.add(attribute);
			}
		}
		this.writer = new ObjectWriter(this.json, directory);
		this.relations = new RelationWriter(this.json, directory, this.writer, state.kind(), MEMBERS, request);
		this.json.object().name("value").array();
	}

	/** Writes the objects and says where to go on. */
	DeltaState write(Set<Quirk> quirks, long now) {
		this.quirks = quirks;
		this.losesObject = quirks.contains(Quirk.MISSING_OBJECT);
		if (quirks.contains(Quirk.MISSING_MEMBER)) {
			this.relations.loseOne();
		}
		boolean emptyNow = this.state.initial() && this.state.kind() == Kind.USER
				&& this.state.position() % 10_000 == 600;
		if (!this.state.afterEmpty() && (emptyNow || quirks.contains(Quirk.EMPTY_PAGE))) {
			return this.state.emptied(now);
		}
		if (quirks.contains(Quirk.REPLAY) && !this.state.initial()) {
			replay();
		}
		boolean duplicate = quirks.contains(Quirk.DUPLICATE_OBJECT);
		return this.state.initial() ? objects(duplicate, now) : changes(duplicate, now);
	}

	JsonBytes finish(String context, String linkName, byte[] link) {
		JsonBytes whole = new JsonBytes(this.json.size() + link.length + context.length() + 64);
		whole.object()
			.field("@odata.context", context)
			.name(linkName)
			.text(new String(link, java.nio.charset.StandardCharsets.ISO_8859_1));
		return whole.rest(this.json, 1).endArray().endObject();
	}

	private DeltaState objects(boolean duplicate, long now) {
		int[] only = this.state.only();
		int count = (only.length > 0) ? only.length : this.directory.count(this.state.kind());
		int member = this.state.member();
		for (int position = this.state.position(); position < count; position++) {
			if (this.written >= OBJECTS || this.relations.full()) {
				return this.state.at(position, 0, DeltaState.NO_MEMBER, now);
			}
			int index = (only.length > 0) ? only[position] : position;
			if (index >= this.directory.count(this.state.kind()) || loses()) {
				member = DeltaState.NO_MEMBER;
				continue;
			}
			int rest = initial(index, member);
			if (rest != DeltaState.NO_MEMBER) {
				return this.state.at(position, 0, rest, now);
			}
			if (duplicate && this.written == 1) {
				initial(index, member);
			}
			member = DeltaState.NO_MEMBER;
		}
		return this.state.changesAfter(this.state.from(), now);
	}

	/**
	 * Writes an object as if it were new; answers the last member written if there are
	 * more.
	 */
	private int initial(int index, int afterMember) {
		Kind kind = this.state.kind();
		this.written++;
		if (!this.directory.isLive(kind, index)) {
			removed(index);
			return DeltaState.NO_MEMBER;
		}
		this.json.object();
		this.writer.tracked(kind, index, thinned(this.attributes));
		if (this.state.manager() && !onlyId()) {
			this.relations.manager(index);
		}
		int rest = (this.state.members() && !onlyId()) ? this.relations.members(index, afterMember)
				: DeltaState.NO_MEMBER;
		this.json.endObject();
		return rest;
	}

	private DeltaState changes(boolean duplicate, long now) {
		ChangeLog log = this.directory.log();
		int edges = this.state.edges();
		int member = this.state.member();
		for (int entry = this.state.position(); entry < this.end; entry++) {
			int index = log.index(entry);
			if (log.kind(entry) != this.state.kind() || !allowed(index) || !relevant(entry)
					|| changedLater(entry, index) || loses()) {
				edges = 0;
				member = DeltaState.NO_MEMBER;
				continue;
			}
			if (this.written >= OBJECTS || this.relations.full()) {
				return this.state.at(entry, edges, member, now);
			}
			RelationWriter.Rest rest = changed(entry, index, edges, member);
			if (rest.more()) {
				return this.state.at(entry, rest.edges(), rest.member(), now);
			}
			if (duplicate && this.written == 1) {
				changed(entry, index, edges, member);
			}
			edges = 0;
			member = DeltaState.NO_MEMBER;
		}
		return this.state.changesAfter(Math.max(this.end, this.state.from()), now);
	}

	private RelationWriter.Rest changed(int entry, int index, int edges, int member) {
		Kind kind = this.state.kind();
		this.written++;
		if (!this.directory.isLive(kind, index)) {
			removed(index);
			return RelationWriter.Rest.NOTHING;
		}
		Happened happened = Happened.since(this.directory.log(), entry, this.state.from());
		this.json.object();
		this.writer.tracked(kind, index, thinned(shown(happened)));
		if (this.state.manager() && !onlyId()) {
			this.relations.managerChange(index, happened);
		}
		RelationWriter.Rest rest = (this.state.members() && !onlyId())
				? this.relations.memberChanges(index, happened, edges, member) : RelationWriter.Rest.NOTHING;
		this.json.endObject();
		return rest;
	}

	private Set<Attribute> shown(Happened happened) {
		if (!this.minimal || happened.appeared()) {
			return this.attributes;
		}
		Set<Attribute> shown = EnumSet.copyOf(this.attributes);
		shown.removeIf((attribute) -> (happened.attributes() & attribute.bit()) == 0);
		return shown;
	}

	private boolean loses() {
		boolean loses = this.losesObject;
		this.losesObject = false;
		return loses;
	}

	private boolean onlyId() {
		return this.written == 1 && this.quirks.contains(Quirk.ONLY_ID);
	}

	private Set<Attribute> thinned(Set<Attribute> all) {
		if (onlyId()) {
			return Set.of();
		}
		if (this.written != 1 || !this.quirks.contains(Quirk.NAMELESS)) {
			return all;
		}
		Set<Attribute> thin = EnumSet.copyOf(all);
		thin.removeAll(Set.of(Attribute.DISPLAY_NAME, Attribute.USER_PRINCIPAL_NAME));
		return thin;
	}

	/** Up to three objects whose change the client has seen before. */
	private void replay() {
		ChangeLog log = this.directory.log();
		int replayed = 0;
		for (int entry = this.state.from() - 1; entry >= 0 && replayed < 3; entry--) {
			int index = log.index(entry);
			if (log.kind(entry) == this.state.kind() && allowed(index) && relevant(entry)) {
				changed(entry, index, 0, DeltaState.NO_MEMBER);
				replayed++;
			}
		}
	}

	private void removed(int index) {
		this.json.object();
		this.writer.id(this.state.kind(), index);
		this.writer.removed(this.directory.isSoftDeleted(this.state.kind(), index) ? "changed" : "deleted");
		this.json.endObject();
	}

	private boolean allowed(int index) {
		return this.state.only().length == 0 || Arrays.binarySearch(this.state.only(), index) >= 0;
	}

	private boolean relevant(int entry) {
		ChangeLog log = this.directory.log();
		What what = log.what(entry);
		return switch (what) {
			case CREATED, DELETED, RESTORED, PURGED -> true;
			case ATTRIBUTES -> (log.attributes(entry) & this.state.attributes()) != 0;
			case MANAGER -> this.state.manager();
			case MEMBER_ADDED, MEMBER_REMOVED -> this.state.members();
		};
	}

	private boolean changedLater(int entry, int index) {
		int later = this.directory.lastEntry(this.state.kind(), index);
		while (later > entry) {
			if (later < this.end && relevant(later)) {
				return true;
			}
			later = this.directory.log().previous(later);
		}
		return false;
	}

}
