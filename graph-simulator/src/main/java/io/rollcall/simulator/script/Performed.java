package io.rollcall.simulator.script;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Act;
import io.rollcall.simulator.tenant.ObjectIds;
import io.rollcall.simulator.tenant.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * An act that happened.
 *
 * @param id the object it happened to; for memberships, the group or unit
 * @param member who joined or left, if anybody
 */
public record Performed(String line, String kind, String id, @Nullable String member) {

	static Performed of(String line, Act act, ObjectRef object, ObjectIds ids) {
		String member = switch (act) {
			case Act.Join join -> ids.id(join.member());
			case Act.Leave leave -> ids.id(leave.member());
			default -> null;
		};
		return new Performed(line, object.kind().typeName(), ids.id(object), member);
	}

	public void write(JsonBytes json) {
		json.object().field("line", this.line).field("kind", this.kind).field("id", this.id);
		if (this.member != null) {
			json.field("member", this.member);
		}
		json.endObject();
	}

}
