package io.rollcall.connector.flow.read;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Tenants.Found;
import io.rollcall.connector.flow.Tenants.Related;
import io.rollcall.connector.flow.WantedObjects.Wanted;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Sequence;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import io.rollcall.model.run.Problem;
import io.rollcall.support.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one object by its id, all that it is in or all that is in it included, a request
 * at a time: what delta does not tell, or not yet. A reading that is cut off begins anew.
 */
public final class ReadingById {

	private static final Logger log = LoggerFactory.getLogger(ReadingById.class);

	private final Ports ports;

	private final Publication publication;

	private final Duration again;

	/** The one that is in its middle. */
	private @Nullable Reading current;

	/**
	 * Joins the ports.
	 * @param again when what may have come from a replica that lags is read once more
	 */
	public ReadingById(Ports ports, Duration again) {
		this.ports = ports;
		this.publication = new Publication(ports.publications());
		this.again = again;
	}

	/**
	 * Asks for an object, or for more of what it is in or what is in it.
	 * @param full the FULL run under way, which learns of the edges
	 * @return what failed, or null
	 */
	public @Nullable Failure step(OwnedConnection owned, Wanted object, @Nullable FullRun full) {
		Reading reading = this.current;
		this.current = null;
		if (reading != null && reading.wish.object().equals(object.object())) {
			return reading.more(full);
		}
		Resource resource = Resource.of(object.kind());
		if (resource != null) {
			return new Reading(owned, resource, object).begin(owned, full);
		}
		this.ports.wanted().done(object);
		return null;
	}

	/**
	 * Leaves an object to a person, who is told: redriving the letter publishes the wish
	 * again.
	 */
	public void giveUp(OwnedConnection owned, Wanted object, Problem problem) {
		Connection connection = owned.connection();
		Hint wish = new Hint.ObjectWanted(connection.source(), connection.id(), object.object(), object.kind(),
				Why.REDRIVEN, null, owned.now());
		Map<String, String> headers = new LinkedHashMap<>();
		EventFormat.headers(Envelope.of("given-up:" + object.object(), "/rollcall/connector", owned.now(), wish))
			.forEach((name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));
		log.error("Connection {}: object {} is given up after {} tries: {}", connection.id(), object.object(),
				object.tries() + 1, problem);
		this.ports.deadLetters()
			.save(new DeadLetter(Topics.HINTS, this.ports.publications().partitionOf(wish.key()), 0,
					connection.id() + "-" + object.object(), null, wish.key(), headers, EventFormat.value(wish),
					problem, connection.organization(), connection.id(), owned.now()));
		this.ports.wanted().done(object);
	}

	/** One reading of one object. */
	private final class Reading {

		private final Connection connection;

		private final Resource resource;

		private final Wanted wish;

		private final Sequence sequence;

		private final List<String> attributes;

		private final Instant at;

		private final List<ObjectId> groups = new ArrayList<>();

		private final List<ObjectId> units = new ArrayList<>();

		private Cell.@Nullable ObjectRead object;

		private @Nullable String link;

		private int pages;

		/** Of the next cell. */
		private int index;

		Reading(OwnedConnection owned, Resource resource, Wanted wish) {
			this.connection = owned.connection();
			this.resource = resource;
			this.wish = wish;
			this.sequence = owned.nextSequence();
			this.attributes = owned.selection().of(resource);
			this.at = owned.now();
		}

		@Nullable Failure begin(OwnedConnection owned, @Nullable FullRun full) {
			return switch (ReadingById.this.ports.tenants()
				.object(this.connection, this.resource, this.wish.object(), this.attributes)) {
				case Answer.Failed<Cell.ObjectRead>(Failure.NotFound _) -> missing();
				case Answer.Failed<Cell.ObjectRead>(Failure failure) -> failure;
				case Answer.Got<Cell.ObjectRead>(Cell.ObjectRead read) -> {
					if (this.wish.why() == Why.THIN && isThin(read)) {
						giveUp(owned, this.wish, new Problem(Problem.Code.RESPONSE_UNREADABLE,
								Map.of("detail", "Graph gives it without its name however it is asked"), false));
					}
					else {
						found(read, full);
					}
					yield null;
				}
			};
		}

		private void found(Cell.ObjectRead read, @Nullable FullRun full) {
			this.object = read;
			if (this.resource != Resource.USERS) {
				if (full != null) {
					full.edges().beginListing(read.object());
				}
				publish(List.of(read), Topics.OBSERVATIONS, full);
				this.index = 1;
			}
			ReadingById.this.current = this;
		}

		@Nullable Failure more(@Nullable FullRun full) {
			return switch (ReadingById.this.ports.tenants()
				.related(this.connection, this.resource, this.wish.object(), this.link)) {
				case Answer.Failed<Related>(Failure failure) -> {
					// What concerns all of Graph says nothing about this link.
					ReadingById.this.current = failure.stopsAll() ? this : null;
					yield failure;
				}
				case Answer.Got<Related>(Related page) -> {
					take(page, full);
					yield null;
				}
			};
		}

		private void take(Related page, @Nullable FullRun full) {
			Cell.ObjectRead read = Objects.requireNonNull(this.object);
			boolean ends = page.nextLink() == null;
			if (this.resource == Resource.USERS) {
				for (Found found : page.objects()) {
					switch (found.kind()) {
						case GROUP -> this.groups.add(found.object());
						case ADMINISTRATIVE_UNIT -> this.units.add(found.object());
						case USER, OTHER -> {
						}
					}
				}
				if (ends) {
					ObjectId manager = (read.edges() != null) ? read.edges().manager() : null;
					publish(List.of(new Cell.ObjectRead(0, read.object(), read.kind(), read.attributes(),
							new Edges(this.groups, this.units, manager))), Topics.OBSERVATIONS, full);
				}
			}
			else {
				String topic = Publication.topicAfter(this.pages++);
				publish(members(read, page), topic, full);
				if (ends) {
					publish(List.of(new Cell.MembersListed(this.index, read.object(), read.kind())), topic, full);
					if (full != null) {
						full.edges().endListing(read.object());
					}
				}
			}
			if (!ends) {
				this.link = page.nextLink();
				ReadingById.this.current = this;
			}
			else if (this.wish.again()) {
				ReadingById.this.ports.wanted().later(this.wish.once(this.at.plus(ReadingById.this.again)));
			}
			else {
				ReadingById.this.ports.wanted().done(this.wish);
			}
		}

		private List<Cell> members(Cell.ObjectRead container, Related page) {
			ContainerKind in = (this.resource == Resource.GROUPS) ? ContainerKind.GROUP
					: ContainerKind.ADMINISTRATIVE_UNIT;
			List<Cell> cells = new ArrayList<>(page.objects().size());
			for (Found found : page.objects()) {
				if (found.kind() == ObjectKind.USER || found.kind() == ObjectKind.GROUP) {
					cells.add(new Cell.EdgeRead(this.index++, found.object(), found.kind(), in, container.object(),
							true));
				}
			}
			return cells;
		}

		/**
		 * A 404 may come from a replica that lags: the deleted items, or time, confirm
		 * it.
		 */
		private @Nullable Failure missing() {
			return switch (ReadingById.this.ports.tenants().isDeleted(this.connection, this.wish.object())) {
				case Answer.Failed<Boolean>(Failure failure) -> failure;
				case Answer.Got<Boolean>(Boolean deleted) -> {
					Instant since = (this.wish.missingSince() != null) ? this.wish.missingSince() : this.at;
					Instant confirmed = since.plus(ReadingById.this.again);
					if (deleted || !confirmed.isAfter(this.at)) {
						publish(List.of(new Cell.ObjectGone(0, this.wish.object(), this.resource.kind(),
								deleted ? Removal.RESTORABLE : Removal.PERMANENT)), Topics.OBSERVATIONS, null);
						ReadingById.this.ports.wanted().done(this.wish);
					}
					else {
						ReadingById.this.ports.wanted().later(this.wish.missing(since, confirmed));
					}
					yield null;
				}
			};
		}

		private void publish(List<Cell> cells, String topic, @Nullable FullRun full) {
			ReadingById.this.publication.publish(this.connection, this.sequence, this.attributes, cells, topic, null);
			if (full != null) {
				full.edges().take(cells);
			}
		}

	}

	/** Whether an object came without what every object of its kind has. */
	private static boolean isThin(Cell.ObjectRead read) {
		return read.attributes().text((read.kind() == ObjectKind.USER) ? "userPrincipalName" : "displayName") == null;
	}

}
