package io.rollcall.connector.mongo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.RunInHand;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How a run in hand is written. */
final class RunDocuments {

	private RunDocuments() {
	}

	static @Nullable Document write(@Nullable RunInHand run) {
		if (run == null) {
			return null;
		}
		Document links = new Document();
		run.links().forEach((resource, link) -> links.append(resource.name(), link));
		Document asked = new Document();
		run.asked()
			.forEach((resource, known) -> asked.append(resource.name(),
					new Document("hints", known.hints()).append("at", Times.write(known.at()))));
		return new Document("id", run.id().value()).append("mode", run.mode().name())
			.append("trigger", run.trigger().name())
			.append("by", run.by())
			.append("startedAt", Times.write(run.startedAt()))
			.append("sequence", run.startedWith().sequence().value())
			.append("selection", run.selection())
			.append("announced", run.announced())
			.append("pass", run.pass())
			.append("found", run.found())
			.append("toRead", run.toRead().stream().map(Resource::name).toList())
			.append("nextLink", run.nextLink())
			.append("links", links)
			.append("asked", asked)
			.append("touched", List.copyOf(run.touched()))
			.append("counts", counts(run.counts()))
			.append("setAside", run.setAside());
	}

	static @Nullable RunInHand read(@Nullable Document document) {
		if (document == null) {
			return null;
		}
		Map<Resource, String> links = map(document.get("links", Document.class),
				(from, to) -> to.put(Resource.valueOf(from.getKey()), (String) from.getValue()));
		Map<Resource, RunInHand.Asked> asked = map(document.get("asked", Document.class), (from, to) -> {
			Document known = (Document) from.getValue();
			to.put(Resource.valueOf(from.getKey()),
					new RunInHand.Asked(known.getLong("hints"), Times.required(known, "at")));
		});
		return new RunInHand(new RunId(document.getString("id")), RunMode.valueOf(document.getString("mode")),
				RunTrigger.valueOf(document.getString("trigger")), document.getString("by"),
				Times.required(document, "startedAt"), new Stamp(new Sequence(document.getLong("sequence")), 0),
				document.getInteger("selection"), document.getBoolean("announced"), document.getInteger("pass"),
				document.getBoolean("found"),
				document.getList("toRead", String.class).stream().map(Resource::valueOf).toList(),
				document.getString("nextLink"), links, asked, new TreeSet<>(document.getList("touched", Integer.class)),
				counts(document.get("counts", Document.class)), document.getInteger("setAside", 0));
	}

	static Document counts(ReadCounts counts) {
		return new Document("users", counts.users()).append("groups", counts.groups())
			.append("units", counts.units())
			.append("removed", counts.removed())
			.append("memberships", counts.memberships())
			.append("managers", counts.managers())
			.append("pages", counts.pages());
	}

	static ReadCounts counts(Document document) {
		return new ReadCounts(document.getLong("users"), document.getLong("groups"), document.getLong("units"),
				document.getLong("removed"), document.getLong("memberships"), document.getLong("managers"),
				document.getLong("pages"));
	}

	private static <V> Map<Resource, V> map(Document document,
			BiConsumer<Map.Entry<String, Object>, Map<Resource, V>> entry) {
		Map<Resource, V> map = new EnumMap<>(Resource.class);
		document.entrySet().forEach((from) -> entry.accept(from, map));
		return map;
	}

}
