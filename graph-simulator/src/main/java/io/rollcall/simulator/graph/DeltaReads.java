package io.rollcall.simulator.graph;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.rollcall.simulator.faults.Quirk;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import org.jspecify.annotations.Nullable;

/** Answers {@code delta} of users, groups and administrative units. */
final class DeltaReads {

	private static final Pattern ID_CLAUSE = Pattern.compile("\\s*id\\s+eq\\s+'([^']*)'\\s*", Pattern.CASE_INSENSITIVE);

	private static final int MOST_FILTERED = 50;

	private final InstantSource clock;

	private final Duration tokenLife;

	DeltaReads(InstantSource clock, Duration tokenLife) {
		this.clock = clock;
		this.tokenLife = tokenLife;
	}

	GraphResponse delta(Kind kind, GraphRequest request) {
		String skip = request.option("$skiptoken");
		String delta = request.option("$deltatoken");
		if (skip != null && !skip.isEmpty()) {
			return resume(kind, request, skip);
		}
		if (delta != null && !delta.isEmpty() && !delta.equalsIgnoreCase("latest")) {
			return resume(kind, request, delta);
		}
		Selection selection = Selection.of(kind, request.option("$select"), true);
		refuseUnsupported(request);
		return request.tenant().read((directory) -> {
			int visible = visible(directory, request);
			DeltaState state = new DeltaState(kind, selection.bits(), selection.manager(), selection.members(),
					!selection.names().isEmpty(), filtered(kind, directory, request.option("$filter")), true, false,
					visible, 0, 0, DeltaState.NO_MEMBER, false, this.clock.millis());
			return page(directory, request,
					("latest".equalsIgnoreCase(delta)) ? state.changesAfter(visible, this.clock.millis()) : state,
					request.quirks());
		});
	}

	private GraphResponse resume(Kind kind, GraphRequest request, String token) {
		DeltaState state = DeltaToken.decode(request.tenant(), token);
		if (state == null || state.kind() != kind) {
			return GraphResponse.badlyFormedToken();
		}
		if (this.clock.millis() - state.issued() > this.tokenLife.toMillis()) {
			return GraphResponse.error(400, "Request_UnsupportedQuery",
					"DeltaLink older than %d days is not supported.".formatted(this.tokenLife.toDays()));
		}
		return request.tenant().read((directory) -> {
			if (state.from() > directory.log().size()) {
				return gone(request, kind);
			}
			return page(directory, request, reselected(kind, request, state), request.quirks());
		});
	}

	/** Selecting together with a delta link changes what is tracked from then on. */
	private static DeltaState reselected(Kind kind, GraphRequest request, DeltaState state) {
		String select = request.option("$select");
		if (select == null || !state.complete()) {
			return state;
		}
		Selection selection = Selection.of(kind, select, true);
		return new DeltaState(kind, selection.bits(), selection.manager(), selection.members(), true, state.only(),
				false, true, state.from(), state.position(), 0, DeltaState.NO_MEMBER, false, state.issued());
	}

	/**
	 * The answer when the state behind a token is lost: start again, with an empty token.
	 */
	static GraphResponse gone(GraphRequest request, Kind kind) {
		return GraphResponse.error(410, "syncStateNotFound",
				"The sync state generation is not found. Please resynchronize.",
				Map.of("Location", request.base() + '/' + kind.path() + "/delta?$deltatoken="));
	}

	private GraphResponse page(Directory directory, GraphRequest request, DeltaState state, Set<Quirk> quirks) {
		long now = this.clock.millis();
		DeltaPage page = new DeltaPage(directory, state, visible(directory, request), minimal(request, state), request);
		DeltaState next = page.write(quirks, now);
		if (quirks.contains(Quirk.SAME_LINK)) {
			next = state;
		}
		else if (quirks.contains(Quirk.ENDLESS)) {
			next = state.at(state.position(), state.edges(), state.member(), now);
		}
		boolean more = !next.complete() || quirks.contains(Quirk.SAME_LINK);
		byte[] link = (request.base() + '/' + state.kind().path() + "/delta?"
				+ (next.complete() ? "$deltatoken=" : "$skiptoken=") + DeltaToken.encode(request.tenant(), next))
			.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
		return GraphResponse
			.ok(page.finish(context(request, state), more ? "@odata.nextLink" : "@odata.deltaLink", link));
	}

	private static String context(GraphRequest request, DeltaState state) {
		String collection = state.kind().path().substring(state.kind().path().lastIndexOf('/') + 1);
		String context = request.base() + "/$metadata#" + collection;
		return state.selected() ? context + Arrays.stream(Attribute.values())
			.filter((attribute) -> (state.attributes() & attribute.bit()) != 0)
			.map(Attribute::graphName)
			.collect(java.util.stream.Collectors.joining(",", "(", ")")) : context;
	}

	private static boolean minimal(GraphRequest request, DeltaState state) {
		String prefer = request.headers().getFirst("Prefer");
		return !state.initial() && prefer != null && prefer.toLowerCase(Locale.ROOT).contains("return=minimal");
	}

	private int visible(Directory directory, GraphRequest request) {
		return (request.lagMillis() == 0) ? directory.log().size()
				: directory.log().sizeAt(this.clock.millis() - request.lagMillis());
	}

	private static void refuseUnsupported(GraphRequest request) {
		if (request.has("$expand") || request.has("$orderby") || request.has("$search")) {
			throw new GraphRefused(GraphResponse.error(400, "Request_UnsupportedQuery", "Unsupported Query."));
		}
	}

	/** Only {@code id eq '…' or id eq '…'} is there. */
	private static int[] filtered(Kind kind, Directory directory, @Nullable String filter) {
		if (filter == null) {
			return new int[0];
		}
		String[] clauses = filter.split("(?i)\\s+or\\s+");
		if (kind == Kind.USER && clauses.length > MOST_FILTERED) {
			throw new GraphRefused(GraphResponse.error(400, "Request_UnsupportedQuery",
					"The number of filter clauses exceeds the limit of %d.".formatted(MOST_FILTERED)));
		}
		int[] indexes = Arrays.stream(clauses).mapToInt((clause) -> {
			Matcher matcher = ID_CLAUSE.matcher(clause);
			if (!matcher.matches()) {
				throw new GraphRefused(GraphResponse.error(400, "Request_UnsupportedQuery", "Unsupported Query."));
			}
			ObjectRef ref = directory.ids().find(matcher.group(1));
			return (ref != null && ref.kind() == kind) ? ref.index() : Integer.MAX_VALUE;
		}).sorted().distinct().toArray();
		return indexes;
	}

}
