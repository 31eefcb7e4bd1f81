package io.rollcall.simulator.graph;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import org.jspecify.annotations.Nullable;

/** Writes directory objects as Graph spells them. */
final class ObjectWriter {

	private static final byte[] ID = JsonBytes.encodedName("id");

	private static final byte[] TYPE = JsonBytes.encodedName("@odata.type");

	private static final int EXTENSION_ATTRIBUTES = 15;

	private final JsonBytes json;

	private final Directory directory;

	ObjectWriter(JsonBytes json, Directory directory) {
		this.json = json;
		this.directory = directory;
	}

	/** As in delta: what was cleared is null, what never was is absent. */
	void tracked(Kind kind, int index, Set<Attribute> attributes) {
		for (Attribute attribute : attributes) {
			Object value = this.directory.value(kind, index, attribute);
			if (value != null) {
				attribute(attribute, value);
			}
		}
		id(kind, index);
	}

	/** As in a read: everything asked for is there, null where it is empty. */
	void entity(ObjectRef ref, Selection selection, boolean typed) {
		this.json.object();
		if (typed) {
			this.json.name(TYPE).text(ref.kind().odataType());
		}
		id(ref.kind(), ref.index());
		if (this.directory.isSoftDeleted(ref.kind(), ref.index())) {
			this.json.field("deletedDateTime", Instant.ofEpochMilli(this.directory.deletedAt(ref)).toString());
		}
		else if (selection.names().contains("deletedDateTime")) {
			this.json.field("deletedDateTime", null);
		}
		for (Attribute attribute : selection.attributes()) {
			attribute(attribute, this.directory.value(ref.kind(), ref.index(), attribute));
		}
	}

	void id(Kind kind, int index) {
		this.json.name(ID);
		this.directory.ids().write(this.json, kind, index);
	}

	/** An object that a relation points to: its type and id only. */
	void reference(ObjectRef ref) {
		this.json.object().name(TYPE).text(ref.kind().odataType());
		id(ref.kind(), ref.index());
		this.json.endObject();
	}

	void removedReference(ObjectRef ref, String reason) {
		this.json.object().name(TYPE).text(ref.kind().odataType());
		id(ref.kind(), ref.index());
		removed(reason);
		this.json.endObject();
	}

	void removed(String reason) {
		this.json.name("@removed").object().field("reason", reason).endObject();
	}

	private void attribute(Attribute attribute, @Nullable Object value) {
		this.json.name(attribute.encoded());
		if (value == null || value == Directory.CLEARED) {
			boolean list = attribute.type() == Attribute.Type.LIST;
			this.json.value(list ? java.util.List.of() : null);
		}
		else if (value instanceof Map<?, ?> map) {
			extensionAttributes(map);
		}
		else {
			this.json.value(value);
		}
	}

	/** All fifteen are there, whichever are set. */
	private void extensionAttributes(Map<?, ?> set) {
		this.json.object();
		for (int i = 1; i <= EXTENSION_ATTRIBUTES; i++) {
			this.json.field("extensionAttribute" + i, set.get("extensionAttribute" + i));
		}
		this.json.endObject();
	}

}
