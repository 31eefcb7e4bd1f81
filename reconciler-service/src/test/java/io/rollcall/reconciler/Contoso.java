package io.rollcall.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Removal;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.KafkaSettings;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A tenant, and the connector that reads it: what is true of it, and what is published of
 * that, live and in FULL runs. Like a connector it publishes again what the brokers did
 * not acknowledge.
 */
final class Contoso implements AutoCloseable {

	final OrganizationId organization;

	final ConnectionId connection;

	/** Who is there, by object. */
	final Map<String, Person> people = new TreeMap<>();

	/** The groups that are there, by object, with their names. */
	final Map<String, String> groups = new TreeMap<>();

	/** The groups that are in others, by object. */
	private final Map<String, Set<String>> nested = new TreeMap<>();

	private final SourceId source = new SourceId("global/tenant/application");

	private final EventPublisher publisher;

	private long counter;

	/** Somebody. */
	record Person(String name, String mail, Set<String> groups) {

		Person(String name, String mail, String... groups) {
			this(name, mail, new LinkedHashSet<>(List.of(groups)));
		}

	}

	Contoso(String brokers, String name) {
		this.organization = new OrganizationId("org-" + name);
		this.connection = new ConnectionId("con-" + name);
		this.publisher = new EventPublisher(new KafkaSettings(brokers, (short) 1, Map.of(), Duration.ofSeconds(10)));
	}

	Contoso person(String object, String name, String... groups) {
		this.people.put(object, new Person(name, object + "@contoso.example", groups));
		return this;
	}

	Contoso group(String object, String name) {
		this.groups.put(object, name);
		return this;
	}

	/** Puts a group into others. */
	Contoso nested(String group, String... in) {
		this.nested.put(group, new LinkedHashSet<>(List.of(in)));
		return this;
	}

	void active() {
		tell(new Progress.ConnectionChanged(this.organization, this.connection, this.source, ConnectionStatus.ACTIVE,
				"Contoso", Instant.now()));
	}

	// What is read live.

	/** A person's page, without memberships, or that the person is gone. */
	void livePerson(String object) {
		Person person = this.people.get(object);
		live((person != null) ? user(0, object, person, null)
				: new Cell.ObjectGone(0, new ObjectId(object), ObjectKind.USER, Removal.RESTORABLE));
	}

	void liveGroup(String object) {
		live(group(0, object));
	}

	/** Whether a person is in a group. */
	void liveMembership(String object, String group) {
		Person person = this.people.get(object);
		live(new Cell.EdgeRead(0, new ObjectId(object), ObjectKind.USER, ContainerKind.GROUP, new ObjectId(group),
				person != null && person.groups().contains(group)));
	}

	/** Whether a group is in another. */
	void liveNesting(String group, String in) {
		live(new Cell.EdgeRead(0, new ObjectId(group), ObjectKind.GROUP, ContainerKind.GROUP, new ObjectId(in),
				this.nested.getOrDefault(group, Set.of()).contains(in)));
	}

	private void live(Cell cell) {
		publish(Topics.OBSERVATIONS, nextSequence(), null, selection(cell), List.of(cell));
	}

	// What a FULL run reads.

	/** Reads all that there is in a run. */
	RunId fullRun(RunTrigger trigger) {
		FullRun run = new FullRun(trigger);
		run.listsGroups();
		run.lists(List.copyOf(this.people.keySet()));
		run.ends();
		return run.id;
	}

	/** A run while it is being read. */
	final class FullRun {

		final RunId id = new RunId(UUID.randomUUID().toString());

		private final Stamp startedAt = new Stamp(nextSequence(), 0);

		private final Map<Integer, Integer> numbers = new TreeMap<>();

		FullRun(RunTrigger trigger) {
			tell(new Progress.ReadingStarted(Contoso.this.organization, Contoso.this.connection, this.id, RunMode.FULL,
					trigger, null, this.startedAt, Instant.now()));
		}

		void listsGroups() {
			List<Cell> cells = new ArrayList<>();
			Contoso.this.groups.keySet().forEach((group) -> cells.add(group(cells.size(), group)));
			page(cells);
			List<Cell> edges = new ArrayList<>();
			Contoso.this.nested.forEach((group, in) -> edges.add(new Cell.EdgesRead(edges.size(), new ObjectId(group),
					ObjectKind.GROUP, new Edges(in.stream().map(ObjectId::new).toList(), List.of(), null))));
			page(edges);
		}

		/** A page of people, with all that they are in. */
		void lists(List<String> some) {
			List<Cell> cells = new ArrayList<>();
			some.forEach((object) -> {
				Person person = Contoso.this.people.get(object);
				cells.add(user(cells.size(), object, person,
						new Edges(person.groups().stream().map(ObjectId::new).toList(), List.of(), null)));
			});
			for (int from = 0; from < cells.size(); from += 500) {
				page(cells.subList(from, Math.min(cells.size(), from + 500)));
			}
		}

		private void page(List<Cell> cells) {
			if (!cells.isEmpty()) {
				publish(Topics.SNAPSHOTS, nextSequence(), this, selection(cells.getFirst()), cells);
			}
		}

		private RunPart next(int partition) {
			return new RunPart(this.id, RunMode.FULL, RunPhase.READ, this.numbers.merge(partition, 1, Integer::sum),
					this.startedAt);
		}

		void ends() {
			for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
				send(List.of(outgoing(Topics.SNAPSHOTS, partition,
						new Observation.RunMarker(Contoso.this.organization, Contoso.this.connection, partition,
								this.id, RunMode.FULL, RunPhase.READ, this.numbers.getOrDefault(partition, 0),
								this.startedAt, false))));
			}
			tell(new Progress.ReadingEnded(Contoso.this.organization, Contoso.this.connection, this.id,
					new ReadCounts(Contoso.this.people.size(), Contoso.this.groups.size(), 0, 0, 0, 0, 0),
					List.of(ObjectKind.USER, ObjectKind.GROUP), List.of(Topics.SNAPSHOTS), null, Instant.now()));
		}

	}

	private Cell user(int index, String object, Person person, @Nullable Edges edges) {
		return new Cell.ObjectRead(index, new ObjectId(object), ObjectKind.USER,
				new Attributes(Map.of("userPrincipalName", object + "@contoso.example", "displayName", person.name(),
						"mail", person.mail(), "accountEnabled", true)),
				edges);
	}

	private Cell group(int index, String object) {
		String name = this.groups.get(object);
		return (name != null)
				? new Cell.ObjectRead(index, new ObjectId(object), ObjectKind.GROUP,
						new Attributes(Map.of("displayName", name)), null)
				: new Cell.ObjectGone(index, new ObjectId(object), ObjectKind.GROUP, Removal.RESTORABLE);
	}

	private static @Nullable List<String> selection(Cell cell) {
		return switch (cell) {
			case Cell.ObjectRead read when read.kind() == ObjectKind.USER -> Rules.standard().userAttributes();
			case Cell.ObjectRead _ -> Rules.standard().groupAttributes();
			default -> null;
		};
	}

	private synchronized Sequence nextSequence() {
		return Sequence.of(100, ++this.counter);
	}

	/** A page: a record for each partition that it touches. */
	private void publish(String topic, Sequence sequence, @Nullable FullRun run, @Nullable List<String> selection,
			List<Cell> cells) {
		Map<Integer, List<Cell>> byPartition = new LinkedHashMap<>();
		cells.forEach(
				(cell) -> byPartition
					.computeIfAbsent(EventPublisher.partitionOf(Observation.keyOf(this.connection, cell.object())),
							(none) -> new ArrayList<>())
					.add(cell));
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
		byPartition.forEach((partition, some) -> records
			.add(outgoing(topic, partition, new Observation.CellsObserved(this.organization, this.connection,
					this.source, sequence, partition, (run != null) ? run.next(partition) : null, selection, some))));
		send(records);
	}

	private static ProducerRecord<byte[], byte[]> outgoing(String topic, int partition, Event event) {
		return EventPublisher.record(topic, partition, envelope(event));
	}

	void tell(Progress event) {
		send(List.of(EventPublisher.record(Topics.PROGRESS, null, envelope(event))));
	}

	private static Envelope<Event> envelope(Event event) {
		return Envelope.of(UUID.randomUUID().toString(), "/rollcall/test", Instant.now(), event);
	}

	private void send(List<ProducerRecord<byte[], byte[]>> records) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollDelay(Duration.ZERO)
			.ignoreExceptions()
			.until(() -> this.publisher.publishAll(records).join().size() == records.size());
	}

	@Override
	public void close() {
		this.publisher.close();
	}

}
