package io.rollcall.connector.flow.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Publications;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.event.Topics;
import io.rollcall.model.Sequence;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.run.ReadCounts;
import org.jspecify.annotations.Nullable;

/** Makes records of what one request gave: one for each partition that it touches. */
final class Publication {

	/** So many pages of a read are live; from then on it is mass work. */
	private static final int LIVE_PAGES = 5;

	/** About as many bytes as a record may have. */
	private static final int LARGEST_RECORD = 256 * 1024;

	private final Publications publications;

	Publication(Publications publications) {
		this.publications = publications;
	}

	/**
	 * Publishes cells; ends when Kafka has them.
	 * @param selection the attributes that were asked for
	 * @param run the run that they belong to
	 * @return the run with these records
	 */
	@Nullable Run publish(Connection connection, Sequence sequence, List<String> selection, List<Cell> cells, String topic,
			@Nullable Run run) {
		List<CellsObserved> records = new ArrayList<>();
		Run sent = add(records, connection, sequence, selection, cells, topic, run);
		publish(topic, records);
		return sent;
	}

	/** Publishes records; ends when Kafka has them. */
	void publish(String topic, List<CellsObserved> records) {
		if (!records.isEmpty()) {
			this.publications.publish(topic, records);
		}
	}

	/** Adds the records of cells to others; parameters and result as of publishing. */
	@Nullable Run add(List<CellsObserved> records, Connection connection, Sequence sequence, List<String> selection,
			List<Cell> cells, String topic, @Nullable Run run) {
		Run sent = run;
		for (Map.Entry<Integer, List<List<Cell>>> partition : cut(connection, cells).entrySet()) {
			for (List<Cell> part : partition.getValue()) {
				sent = (sent != null) ? sent.sent(topic, partition.getKey()) : null;
				records.add(record(connection, sequence, partition.getKey(), selection, part, topic, sent));
			}
		}
		return sent;
	}

	private static CellsObserved record(Connection connection, Sequence sequence, int partition, List<String> selection,
			List<Cell> cells, String topic, @Nullable Run run) {
		boolean attributes = cells.stream().anyMatch(Cell.ObjectRead.class::isInstance);
		RunPart part = (run != null)
				? new RunPart(run.id(), run.mode(), RunPhase.READ, run.records(topic).get(partition), run.startedAt())
				: null;
		return new CellsObserved(connection.organization(), connection.id(), connection.source(), sequence, partition,
				part, attributes ? selection : null, cells);
	}

	private Map<Integer, List<List<Cell>>> cut(Connection connection, List<Cell> cells) {
		Map<Integer, List<List<Cell>>> partitions = new TreeMap<>();
		Map<Integer, Integer> sizes = new TreeMap<>();
		for (Cell cell : cells) {
			int partition = this.publications.partitionOf(Observation.keyOf(connection.id(), cell.object()));
			List<List<Cell>> parts = partitions.computeIfAbsent(partition, (_) -> new ArrayList<>());
			int size = size(cell);
			int before = sizes.getOrDefault(partition, 0);
			if (parts.isEmpty() || parts.getLast().size() == CellsObserved.MOST_CELLS
					|| before + size > LARGEST_RECORD) {
				parts.add(new ArrayList<>());
				before = 0;
			}
			parts.getLast().add(cell);
			sizes.put(partition, before + size);
		}
		return partitions;
	}

	/** About how many bytes a cell has. */
	private static int size(Cell cell) {
		return switch (cell) {
			case Cell.ObjectRead read -> 150 + read.attributes().values().toString().length()
					+ ((read.edges() != null) ? size(read.edges()) : 0);
			case Cell.EdgesRead read -> 150 + size(read.edges());
			case Cell.EdgeRead _, Cell.ManagerRead _, Cell.ObjectGone _, Cell.MembersListed _, Cell.Unreadable _ -> 200;
		};
	}

	private static int size(Edges edges) {
		return 40 * (edges.groups().size() + edges.units().size() + 1);
	}

	/** Where the next page of a read goes, after so many. */
	static String topicAfter(int pages) {
		return (pages < LIVE_PAGES) ? Topics.OBSERVATIONS : Topics.SNAPSHOTS;
	}

	/** What the cells count as, of a number of pages. */
	static ReadCounts count(List<Cell> cells, int pages) {
		long users = 0;
		long groups = 0;
		long units = 0;
		long removed = 0;
		long memberships = 0;
		long managers = 0;
		for (Cell cell : cells) {
			switch (cell) {
				case Cell.ObjectRead read -> {
					switch (read.kind()) {
						case USER -> users++;
						case GROUP -> groups++;
						case ADMINISTRATIVE_UNIT -> units++;
						case OTHER -> {
						}
					}
					memberships += memberships(read.edges());
					managers += (read.edges() != null && read.edges().manager() != null) ? 1 : 0;
				}
				case Cell.EdgesRead read -> memberships += memberships(read.edges());
				case Cell.EdgeRead _ -> memberships++;
				case Cell.ManagerRead _ -> managers++;
				case Cell.ObjectGone _ -> removed++;
				case Cell.MembersListed _, Cell.Unreadable _ -> {
				}
			}
		}
		return new ReadCounts(users, groups, units, removed, memberships, managers, pages);
	}

	private static int memberships(@Nullable Edges edges) {
		return (edges != null) ? edges.groups().size() + edges.units().size() : 0;
	}

}
