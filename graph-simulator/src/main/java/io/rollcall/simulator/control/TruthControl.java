package io.rollcall.simulator.control;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import io.rollcall.simulator.tenant.Tenant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The tenant as it is now, one JSON object a line: users, groups, units, then
 * memberships. Taken in slices of a thousand objects, so let nothing happen meanwhile if
 * it is to be exact.
 */
final class TruthControl {

	private static final int SLICE = 1000;

	private final TenantControl tenants;

	TruthControl(TenantControl tenants) {
		this.tenants = tenants;
	}

	Mono<ServerResponse> truth(ServerRequest request) {
		Tenant tenant = this.tenants.find(request);
		Flux<byte[]> lines = Flux.concat(slices(tenant, Kind.USER), slices(tenant, Kind.GROUP),
				slices(tenant, Kind.UNIT));
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_NDJSON)
			.body(lines.map((bytes) -> (DataBuffer) DefaultDataBufferFactory.sharedInstance.wrap(bytes)),
					DataBuffer.class);
	}

	private static Flux<byte[]> slices(Tenant tenant, Kind kind) {
		int count = tenant.read((directory) -> directory.count(kind));
		return Flux.range(0, (count + SLICE - 1) / SLICE)
			.map((slice) -> tenant.read((directory) -> slice(directory, kind, slice * SLICE)));
	}

	private static byte[] slice(Directory directory, Kind kind, int from) {
		JsonBytes json = new JsonBytes(SLICE * 512);
		int end = Math.min(directory.count(kind), from + SLICE);
		for (int index = from; index < end; index++) {
			boolean live = directory.isLive(kind, index);
			if (live || directory.isSoftDeleted(kind, index)) {
				object(json, directory, new ObjectRef(kind, index), live);
				if (kind != Kind.USER) {
					members(json, directory, new ObjectRef(kind, index));
				}
			}
		}
		return json.toBytes();
	}

	private static void object(JsonBytes json, Directory directory, ObjectRef ref, boolean live) {
		json.object()
			.field("kind", ref.kind().typeName())
			.field("id", directory.ids().id(ref))
			.field("state", live ? "live" : "deleted");
		for (Attribute attribute : Attribute.of(ref.kind())) {
			Object value = directory.value(ref.kind(), ref.index(), attribute);
			if (value != null && value != Directory.CLEARED) {
				json.name(attribute.encoded()).value(value);
			}
		}
		if (ref.kind() == Kind.USER && directory.manager(ref.index()) != Directory.NO_MANAGER) {
			json.field("manager", directory.ids().id(Kind.USER, directory.manager(ref.index())));
		}
		json.endObject().newLine();
	}

	private static void members(JsonBytes json, Directory directory, ObjectRef container) {
		String id = directory.ids().id(container);
		for (int i = 0; i < directory.memberCount(container.kind(), container.index()); i++) {
			ObjectRef member = ObjectRef.ofMember(directory.memberAt(container.kind(), container.index(), i));
			json.object()
				.field("kind", "membership")
				.field("container", id)
				.field("containerKind", container.kind().typeName())
				.field("member", directory.ids().id(member))
				.field("memberKind", member.kind().typeName())
				.endObject()
				.newLine();
		}
	}

}
