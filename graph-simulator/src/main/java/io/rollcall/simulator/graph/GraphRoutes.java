package io.rollcall.simulator.graph;

import java.util.List;
import java.util.Locale;

import io.rollcall.simulator.tenant.Kind;
import org.jspecify.annotations.Nullable;

/** Finds who answers a call, and checks that the app may make it. */
final class GraphRoutes {

	private final DeltaReads delta;

	private final ObjectReads objects;

	private final MemberReads members;

	private final DeletedItems deleted;

	private final DirectoryObjectCalls directoryObjects;

	private final ApplicationReads applications;

	private final SubscriptionCalls subscriptions;

	GraphRoutes(DeltaReads delta, ObjectReads objects, MemberReads members, DeletedItems deleted,
			DirectoryObjectCalls directoryObjects, ApplicationReads applications, SubscriptionCalls subscriptions) {
		this.delta = delta;
		this.objects = objects;
		this.members = members;
		this.deleted = deleted;
		this.directoryObjects = directoryObjects;
		this.applications = applications;
		this.subscriptions = subscriptions;
	}

	GraphResponse answer(GraphRequest request) {
		List<String> path = request.path();
		String first = path.isEmpty() ? "" : path.getFirst().toLowerCase(Locale.ROOT);
		List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
		return switch (first) {
			case "users" -> container(Kind.USER, rest, request);
			case "groups" -> container(Kind.GROUP, rest, request);
			case "administrativeunits" -> container(Kind.UNIT, rest, request);
			case "directory" -> directory(rest, request);
			case "directoryobjects" -> directoryObjects(rest, request);
			case "organization" -> this.directoryObjects.organization(get(request), rest.size() == 1);
			case "applications" -> rest.isEmpty() ? this.applications.list(get(request))
					: this.applications.get(rest.getFirst(), get(request));
			case "subscriptions" -> subscriptions(rest, request);
			default -> throw unknown(first);
		};
	}

	private GraphResponse directory(List<String> rest, GraphRequest request) {
		String second = rest.isEmpty() ? "" : rest.getFirst().toLowerCase(Locale.ROOT);
		List<String> more = rest.isEmpty() ? rest : rest.subList(1, rest.size());
		return switch (second) {
			case "administrativeunits" -> container(Kind.UNIT, more, request);
			case "deleteditems" -> deletedItems(more, request);
			default -> throw unknown(second);
		};
	}

	private GraphResponse container(Kind kind, List<String> rest, GraphRequest request) {
		get(request);
		request.require(Permissions.reading(kind));
		if (rest.isEmpty()) {
			return this.objects.list(kind, request);
		}
		if (rest.size() == 1) {
			return rest.getFirst().equals("delta") ? this.delta.delta(kind, request)
					: this.objects.get(kind, rest.getFirst(), request);
		}
		String id = rest.getFirst();
		Kind cast = (rest.size() > 2) ? MemberReads.cast(rest.get(2)) : null;
		return switch (rest.get(1)) {
			case "manager" -> only(kind, Kind.USER, this.objects.manager(id, request));
			case "memberOf" -> this.members.memberOf(notUnit(kind), id, request, cast, false);
			case "transitiveMemberOf" -> this.members.memberOf(notUnit(kind), id, request, cast, true);
			case "members" -> this.members.members(notUser(kind), id, request, cast);
			case "transitiveMembers" -> only(kind, Kind.GROUP, this.members.transitiveMembers(id, request, cast));
			default -> throw unknown(rest.get(1));
		};
	}

	private GraphResponse deletedItems(List<String> rest, GraphRequest request) {
		if (rest.isEmpty()) {
			throw GraphRefused
				.badRequest("A type cast is required, as in /directory/deletedItems/microsoft.graph.user.");
		}
		Kind cast = MemberReads.cast(rest.getFirst());
		if (cast != null && rest.size() == 1) {
			return this.deleted.list(cast, get(request));
		}
		String id = rest.get((cast != null) ? 1 : 0);
		if (rest.getLast().equals("restore")) {
			return this.deleted.restore(id, only("POST", request));
		}
		return this.deleted.get(id, get(request));
	}

	private GraphResponse directoryObjects(List<String> rest, GraphRequest request) {
		if (rest.size() == 1 && rest.getFirst().equalsIgnoreCase("getByIds")) {
			request.require("Directory.Read.All", "User.Read.All", "Group.Read.All", "GroupMember.Read.All");
			return this.directoryObjects.getByIds(only("POST", request));
		}
		throw unknown("directoryObjects");
	}

	private GraphResponse subscriptions(List<String> rest, GraphRequest request) {
		if (rest.isEmpty()) {
			return request.method().equals("POST") ? this.subscriptions.create(request)
					: this.subscriptions.list(get(request));
		}
		String id = rest.getFirst();
		if (rest.size() == 2 && rest.get(1).equals("reauthorize")) {
			return this.subscriptions.reauthorize(id, only("POST", request));
		}
		return switch (request.method()) {
			case "GET" -> this.subscriptions.get(id, request);
			case "PATCH" -> this.subscriptions.renew(id, request);
			case "DELETE" -> this.subscriptions.delete(id, request);
			default -> throw notAllowed();
		};
	}

	private static Kind notUser(Kind kind) {
		if (kind == Kind.USER) {
			throw unknown("members");
		}
		return kind;
	}

	private static Kind notUnit(Kind kind) {
		if (kind == Kind.UNIT) {
			throw unknown("memberOf");
		}
		return kind;
	}

	private static GraphResponse only(Kind kind, Kind allowed, GraphResponse response) {
		if (kind != allowed) {
			throw unknown(kind.typeName());
		}
		return response;
	}

	private static GraphRequest get(GraphRequest request) {
		return only("GET", request);
	}

	private static GraphRequest only(String method, GraphRequest request) {
		if (!request.method().equals(method)) {
			throw notAllowed();
		}
		return request;
	}

	private static GraphRefused notAllowed() {
		return new GraphRefused(GraphResponse.error(405, "Request_BadRequest",
				"Specified HTTP method is not allowed for the request target."));
	}

	private static GraphRefused unknown(@Nullable String segment) {
		return new GraphRefused(
				GraphResponse.error(400, "BadRequest", "Resource not found for the segment '%s'.".formatted(segment)));
	}

}
