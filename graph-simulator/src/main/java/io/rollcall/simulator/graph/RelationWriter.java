package io.rollcall.simulator.graph;

import java.util.Map;

import io.rollcall.simulator.faults.Variant;
import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;

/**
 * Writes {@code manager@delta} and {@code members@delta}, the latter within what one page
 * may hold.
 */
final class RelationWriter {

	private static final byte[] MANAGER = JsonBytes.encodedName("manager@delta");

	private static final byte[] MEMBERS = JsonBytes.encodedName("members@delta");

	private final JsonBytes json;

	private final Directory directory;

	private final ObjectWriter writer;

	private final Kind kind;

	private final GraphRequest request;

	private int left;

	private boolean loses;

	RelationWriter(JsonBytes json, Directory directory, ObjectWriter writer, Kind kind, int members,
			GraphRequest request) {
		this.json = json;
		this.directory = directory;
		this.writer = writer;
		this.kind = kind;
		this.left = members;
		this.request = request;
	}

	/** Where a group's members go on, on the next page. */
	record Rest(boolean more, int edges, int member) {

		static final Rest NOTHING = new Rest(false, 0, DeltaState.NO_MEMBER);

	}

	/** The next member is left out. */
	void loseOne() {
		this.loses = true;
	}

	boolean full() {
		return this.left <= 0;
	}

	void manager(int user) {
		int manager = this.directory.manager(user);
		if (manager != Directory.NO_MANAGER) {
			this.json.name(MANAGER).array();
			this.writer.reference(new ObjectRef(Kind.USER, manager));
			this.json.endArray();
		}
	}

	/** The new manager alone; the former one as removed only when nobody took over. */
	void managerChange(int user, Happened happened) {
		if (!happened.managerChanged()) {
			return;
		}
		int now = this.directory.manager(user);
		int former = happened.formerManager();
		boolean tellsFormer = former >= 0 && former != now
				&& (now == Directory.NO_MANAGER || this.request.is(Variant.FORMER_MANAGER_TOLD));
		if (!tellsFormer) {
			manager(user);
			return;
		}
		this.json.name(MANAGER).array();
		this.writer.removedReference(new ObjectRef(Kind.USER, former), "deleted");
		if (now != Directory.NO_MANAGER) {
			this.writer.reference(new ObjectRef(Kind.USER, now));
		}
		this.json.endArray();
	}

	/** All members after this one; answers the last one written if the page is full. */
	int members(int container, int after) {
		int count = this.directory.memberCount(this.kind, container);
		int position = (after == DeltaState.NO_MEMBER) ? 0
				: this.directory.memberPosition(this.kind, container, after + 1);
		if (position >= count || isHidden(container)) {
			return DeltaState.NO_MEMBER;
		}
		this.json.name(MEMBERS).array();
		int last = after;
		while (position < count && this.left > 0) {
			last = this.directory.memberAt(this.kind, container, position++);
			if (isTold(last)) {
				edge(last, true);
				this.left--;
			}
		}
		this.json.endArray();
		return (position < count) ? last : DeltaState.NO_MEMBER;
	}

	/** Who came and who left; a restored group is told whole, after those who left it. */
	Rest memberChanges(int container, Happened happened, int skip, int after) {
		if (isHidden(container)) {
			return Rest.NOTHING;
		}
		Map<Integer, Boolean> edges = happened.edges();
		if (!happened.edges().isEmpty() && skip < edges.size()) {
			int sent = skip;
			this.json.name(MEMBERS).array();
			for (Map.Entry<Integer, Boolean> edge : edges.entrySet().stream().skip(skip).limit(this.left).toList()) {
				edge(edge.getKey(), edge.getValue());
				sent++;
				this.left--;
			}
			this.json.endArray();
			boolean more = sent < edges.size() || restoredWhole(happened);
			return more ? new Rest(true, sent, DeltaState.NO_MEMBER) : Rest.NOTHING;
		}
		if (restoredWhole(happened)) {
			int rest = members(container, after);
			return (rest != DeltaState.NO_MEMBER) ? new Rest(true, skip, rest) : Rest.NOTHING;
		}
		return Rest.NOTHING;
	}

	private boolean restoredWhole(Happened happened) {
		return happened.restored() && !this.request.is(Variant.RESTORED_GROUP_PLAIN);
	}

	private boolean isTold(int member) {
		return !this.request.is(Variant.DELETED_MEMBER_UNTOLD) || this.directory.isLive(ObjectRef.ofMember(member));
	}

	private boolean isHidden(int container) {
		return !MemberReads.seesHidden(this.request) && this.directory.hidesMembers(this.kind, container);
	}

	private void edge(int member, boolean in) {
		if (this.loses) {
			this.loses = false;
		}
		else if (in) {
			this.writer.reference(ObjectRef.ofMember(member));
		}
		else {
			this.writer.removedReference(ObjectRef.ofMember(member),
					this.request.is(Variant.LEAVER_CHANGED) ? "changed" : "deleted");
		}
	}

}
