package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * A run: what it is, what was counted, how far it is. The working copy of its document:
 * it is changed, then saved, and whoever fails in between reads it again.
 */
public final class Run {

	final Head head;

	ReadCounts read = ReadCounts.NONE;

	/** The kinds of which it read every object. */
	List<ObjectKind> listed = List.of();

	Tally changed = Tally.NONE;

	/** Whether something was applied twice, so that it is counted twice. */
	boolean about;

	RunPhase phase;

	/** Whether all of the phase was published, its markers too. */
	boolean sent;

	/** The topics with markers of the phase. */
	List<String> topics = List.of();

	/** Where sending goes on. */
	@Nullable String cursor;

	/** How many records of the phase went to each partition. */
	int[] numbers = new int[Topics.PARTITIONS];

	/** Whether its beginning was told. */
	boolean told;

	/** When its progress was told last. */
	@Nullable Instant progressTold;

	/** How much of what it staged waits for a person. */
	long held;

	/** Where a person saw what it does before they asked for it. */
	@Nullable String preview;

	boolean abandoned;

	@Nullable Problem problem;

	@Nullable Instant endedAt;

	/** What was applied of it, by phase, topic and partition. */
	private Map<String, Part> partitions = new LinkedHashMap<>();

	/** The last progress event that is counted in. */
	Position upTo;

	private long version;

	@JsonCreator
	Run(@JsonProperty("head") Head head, @JsonProperty("upTo") Position upTo) {
		this.head = head;
		this.upTo = upTo;
		this.phase = switch (head.mode()) {
			case FULL, DELTA, IMPORT -> RunPhase.READ;
			case RULES, EVALUATION -> RunPhase.DECIDE;
			case RELEASE -> RunPhase.RELEASE;
		};
	}

	public Head head() {
		return this.head;
	}

	public RunId id() {
		return this.head.id();
	}

	/** When it ended; null while it is open. */
	public @Nullable Instant endedAt() {
		return this.endedAt;
	}

	/** The version that is to be written: one more than is stored, from 1 on. */
	public long nextVersion() {
		return ++this.version;
	}

	/** Records were applied; numbers that do not follow are noticed. */
	void applied(RunPhase of, String topic, int partition, int from, int to, Tally more) {
		Part before = part(of, topic, partition);
		this.partitions.put(key(of, topic, partition),
				new Part(Math.max(before.highest(), to), before.gap() || from > before.highest() + 1, before.marker()));
		this.about |= from <= before.highest();
		this.changed = this.changed.plus(more);
	}

	void reached(RunPhase of, String topic, int partition, int records) {
		Part before = part(of, topic, partition);
		this.partitions.put(key(of, topic, partition), new Part(before.highest(), before.gap(), records));
	}

	void go(RunPhase next) {
		this.phase = next;
		this.sent = false;
		this.topics = List.of();
		this.cursor = null;
		this.numbers = new int[Topics.PARTITIONS];
	}

	/** All of its phase was published, and closed on some topics. */
	void sent(List<String> closedOn) {
		this.sent = true;
		this.topics = closedOn;
		this.cursor = null;
	}

	/**
	 * It is over, with records that may still be applied: it ends behind new markers, as
	 * others may be lost. One that nobody was told of ends at once.
	 */
	void cutOff(Problem why) {
		this.sent = this.head.silent();
		this.topics = List.of();
		this.cursor = null;
		this.abandoned = true;
		this.problem = why;
	}

	/** The topics that its phase has used. */
	List<String> used() {
		if (this.phase == RunPhase.READ) {
			return List.of(Topics.OBSERVATIONS, Topics.SNAPSHOTS);
		}
		return Arrays.stream(this.numbers).anyMatch((number) -> number > 0) ? List.of(Topics.SNAPSHOTS) : List.of();
	}

	/** Whether all that its phase sent was applied. */
	boolean closed() {
		return this.sent && this.topics.stream()
			.allMatch((topic) -> IntStream.range(0, Topics.PARTITIONS)
				.allMatch((partition) -> part(this.phase, topic, partition).marker() != null));
	}

	/**
	 * Whether it cannot go on when its records are lost or passed over. A release that a
	 * person asked for waits, unless it was sent.
	 */
	boolean isCutOffWithItsRecords() {
		return this.head.set() == null || this.sent;
	}

	/** Whether every record that was read for a partition was applied there. */
	boolean readWhole(int partition) {
		Part part = part(RunPhase.READ, Topics.SNAPSHOTS, partition);
		return !part.gap() && part.marker() != null && part.marker() == part.highest();
	}

	/** The part of a record of its phase. */
	RunPart part(int number) {
		return new RunPart(id(), this.head.mode(), this.phase, number, this.head.startedAt());
	}

	/** The run as people look at it. */
	public Seen seen() {
		String how = (this.endedAt == null) ? this.phase.name() : this.abandoned ? "ABANDONED" : "COMPLETED";
		return new Seen(this.head.organization(), this.head.connection(), id(), this.head.mode(), this.head.trigger(),
				this.head.by(), how, this.read, this.changed.counts(), this.changed.names(), this.held, this.about,
				this.problem, this.head.at(), this.endedAt);
	}

	private Part part(RunPhase of, String topic, int partition) {
		return this.partitions.getOrDefault(key(of, topic, partition), Part.NONE);
	}

	private static String key(RunPhase phase, String topic, int partition) {
		return phase + ":" + (Topics.SNAPSHOTS.equals(topic) ? "snapshots" : "observations") + ":" + partition;
	}

	/**
	 * What does not change.
	 *
	 * @param set the held set that it releases
	 * @param silent whether it is told to nobody: a probe
	 */
	public record Head(OrganizationId organization, ConnectionId connection, RunId id, RunMode mode, RunTrigger trigger,
			@Nullable String by, Stamp startedAt, Instant at, @Nullable String set, boolean silent) {
	}

	/**
	 * What was applied on a partition.
	 *
	 * @param highest the highest number of a record
	 * @param gap whether a number was passed over
	 * @param marker how many records the marker speaks of; null until it was reached
	 */
	record Part(int highest, boolean gap, @Nullable Integer marker) {

		static final Part NONE = new Part(0, false, null);

	}

	/**
	 * A run, as people look at it.
	 *
	 * @param phase how far it is: {@code READ}, {@code SWEEP}, {@code DECIDE},
	 * {@code RELEASE}; {@code COMPLETED} or {@code ABANDONED} in the end
	 * @param read what the connector read from Graph
	 * @param applied what its decisions did, until now or in the end, by kind
	 * @param names the first names of each kind
	 * @param held how much of what it staged waits for a person
	 * @param about whether some of it was applied, and counted, twice
	 * @param problem why it was abandoned, or what it left out
	 */
	public record Seen(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode,
			RunTrigger trigger, @Nullable String by, String phase, ReadCounts read, Map<Tally.Kind, Long> applied,
			Map<Tally.Kind, List<String>> names, long held, boolean about, @Nullable Problem problem, Instant startedAt,
			@Nullable Instant endedAt) {
	}

}
