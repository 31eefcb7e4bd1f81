package io.rollcall.connector.flow.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.read.Tenants.Found;
import io.rollcall.connector.flow.read.Tenants.Related;
import io.rollcall.connector.flow.read.WantedObjects.Wanted;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Sequence;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one object by its id, all that it is in or all that is in it included: what delta
 * does not tell, or not yet.
 */
public final class ReadingById {

	private static final Logger log = LoggerFactory.getLogger(ReadingById.class);

	/** From here on it is mass work. */
	private static final int LIVE_PAGES = 5;

	private final Tenants tenants;

	private final Publication publication;

	private final WantedObjects wanted;

	private final Duration again;

	/**
	 * Joins the ports.
	 * @param again when what may have come from a replica that lags is read once more
	 */
	public ReadingById(Tenants tenants, Observations observations, WantedObjects wanted, Duration again) {
		this.tenants = tenants;
		this.publication = new Publication(observations);
		this.wanted = wanted;
		this.again = again;
	}

	/**
	 * Reads an object.
	 * @param full the FULL run under way, which learns of the edges
	 * @return what failed, or null
	 */
	public @Nullable Failure read(OwnedConnection owned, Wanted object, @Nullable FullRun full) {
		Resource resource = Resource.of(object.kind());
		if (resource == null) {
			this.wanted.done(object);
			return null;
		}
		Reading reading = new Reading(owned.connection(), resource, object, owned.nextSequence(),
				owned.selection().of(resource), owned.now());
		return switch (this.tenants.object(owned.connection(), resource, object.object(), reading.attributes())) {
			case Answer.Failed<List<Cell>>(Failure.NotFound _) -> missing(reading);
			case Answer.Failed<List<Cell>>(Failure failure) -> failure;
			case Answer.Got<List<Cell>>(List<Cell> cells) -> found(reading, cells, full);
		};
	}

	/** One reading of one object. */
	private record Reading(Connection connection, Resource resource, Wanted wanted, Sequence sequence,
			List<String> attributes, Instant now) {

		ObjectId object() {
			return this.wanted.object();
		}

	}

	private @Nullable Failure found(Reading reading, List<Cell> cells, @Nullable FullRun full) {
		Cell.ObjectRead read = cells.stream()
			.filter(Cell.ObjectRead.class::isInstance)
			.map(Cell.ObjectRead.class::cast)
			.findFirst()
			.orElseThrow();
		if (reading.wanted().why() == Why.THIN && isThin(read)) {
			log.warn("Connection {}: Graph gives object {} without its name however it is asked",
					reading.connection().id(), read.object());
			this.wanted.done(reading.wanted());
			return null;
		}
		Failure failure = (reading.resource() == Resource.USERS) ? user(reading, read, cells, full)
				: container(reading, read, full);
		if (failure == null) {
			if (reading.wanted().again()) {
				this.wanted.later(reading.wanted().once(reading.now().plus(this.again)));
			}
			else {
				this.wanted.done(reading.wanted());
			}
		}
		return failure;
	}

	/** Whether an object came without what every object of its kind has. */
	private static boolean isThin(Cell.ObjectRead read) {
		return read.attributes().text((read.kind() == ObjectKind.USER) ? "userPrincipalName" : "displayName") == null;
	}

	private @Nullable Failure user(Reading reading, Cell.ObjectRead read, List<Cell> cells, @Nullable FullRun full) {
		ObjectId manager = null;
		for (Cell cell : cells) {
			if (cell instanceof Cell.ManagerRead said) {
				manager = said.manager();
			}
		}
		List<ObjectId> groups = new ArrayList<>();
		List<ObjectId> units = new ArrayList<>();
		String link = null;
		do {
			switch (related(reading, link)) {
				case Answer.Failed<Related>(Failure failure) -> {
					return failure;
				}
				case Answer.Got<Related>(Related page) -> {
					for (Found found : page.objects()) {
						switch (found.kind()) {
							case GROUP -> groups.add(found.object());
							case ADMINISTRATIVE_UNIT -> units.add(found.object());
							case USER, OTHER -> {
							}
						}
					}
					link = page.nextLink();
				}
			}
		}
		while (link != null);
		publish(reading, List.of(new Cell.ObjectRead(0, read.object(), read.kind(), read.attributes(),
				new Edges(groups, units, manager))), Topics.OBSERVATIONS, full);
		return null;
	}

	private @Nullable Failure container(Reading reading, Cell.ObjectRead read, @Nullable FullRun full) {
		ContainerKind in = (reading.resource() == Resource.GROUPS) ? ContainerKind.GROUP
				: ContainerKind.ADMINISTRATIVE_UNIT;
		publish(reading, List.of(read), Topics.OBSERVATIONS, full);
		Map<ObjectId, ObjectKind> members = new HashMap<>();
		int index = 1;
		int pages = 0;
		String link = null;
		String topic;
		do {
			topic = (pages++ < LIVE_PAGES) ? Topics.OBSERVATIONS : Topics.SNAPSHOTS;
			switch (related(reading, link)) {
				case Answer.Failed<Related>(Failure failure) -> {
					return failure;
				}
				case Answer.Got<Related>(Related page) -> {
					List<Cell> cells = new ArrayList<>(page.objects().size());
					for (Found found : page.objects()) {
						if (found.kind() == ObjectKind.USER || found.kind() == ObjectKind.GROUP) {
							cells
								.add(new Cell.EdgeRead(index++, found.object(), found.kind(), in, read.object(), true));
							members.put(found.object(), found.kind());
						}
					}
					publish(reading, cells, topic, full);
					link = page.nextLink();
				}
			}
		}
		while (link != null);
		publish(reading, List.of(new Cell.MembersListed(index, read.object(), read.kind())), topic, full);
		if (full != null) {
			full.edges().members(read.object(), members);
		}
		return null;
	}

	private Answer<Related> related(Reading reading, @Nullable String link) {
		return this.tenants.related(reading.connection(), reading.resource(), reading.object(), link);
	}

	/**
	 * A 404 may come from a replica that lags: the deleted items, or time, confirm it.
	 */
	private @Nullable Failure missing(Reading reading) {
		Wanted object = reading.wanted();
		return switch (this.tenants.isDeleted(reading.connection(), object.object())) {
			case Answer.Failed<Boolean>(Failure failure) -> failure;
			case Answer.Got<Boolean>(Boolean deleted) -> {
				Instant since = object.missingSince();
				if (deleted) {
					gone(reading, Removal.RESTORABLE);
				}
				else if (since == null) {
					this.wanted.later(object.missing(reading.now(), reading.now().plus(this.again)));
				}
				else if (since.plus(this.again).isAfter(reading.now())) {
					this.wanted.later(object.missing(since, since.plus(this.again)));
				}
				else {
					gone(reading, Removal.PERMANENT);
				}
				yield null;
			}
		};
	}

	private void gone(Reading reading, Removal removal) {
		publish(reading, List.of(new Cell.ObjectGone(0, reading.object(), reading.resource().kind(), removal)),
				Topics.OBSERVATIONS, null);
		this.wanted.done(reading.wanted());
	}

	private void publish(Reading reading, List<Cell> cells, String topic, @Nullable FullRun full) {
		this.publication.publish(reading.connection(), reading.sequence(), reading.attributes(), cells, topic, null);
		if (full != null) {
			full.edges().take(cells);
		}
	}

}
