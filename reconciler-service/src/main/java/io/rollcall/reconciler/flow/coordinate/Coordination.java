package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.HeldSet;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for a connection beside its runs. The working copy of its document,
 * which is written on condition of its version: of two that judge, one does. It is
 * changed, then saved, and whoever fails in between reads it again.
 */
public final class Coordination {

	static final Duration QUIET = Duration.ofSeconds(2);

	static final Duration LONGEST = Duration.ofSeconds(10);

	static final Duration COLLECTING = Duration.ofSeconds(1);

	private static final Duration DAY = Duration.ofHours(24);

	final ConnectionId connection;

	final OrganizationId organization;

	/** Null until the connector told of the connection. */
	@Nullable Standing standing;

	/** The last progress event that was dealt with. */
	Position upTo = Position.NONE;

	/** How many entries were staged until now: gives each its number. */
	private long entries;

	/** When the first and last entry came that is still to be judged alone. */
	private @Nullable Instant stagedSince;

	private @Nullable Instant stagedLast;

	/** When the first container changed that nobody was asked about. */
	@Nullable Instant containersSince;

	/** Whether what follows from groups in groups is stored, and kept as it is. */
	boolean nested;

	/** When the first state is to be published once more. */
	@Nullable Instant restateAt;

	/** What was judged and is not carried out yet. */
	private List<Verdict> verdicts = new ArrayList<>();

	/** How many the guard let through, by kind and hour since 1970. */
	private Map<GuardedKind, TreeMap<Long, Long>> released = new EnumMap<>(GuardedKind.class);

	@Nullable SetAside setAside;

	private long version;

	@JsonCreator
	Coordination(@JsonProperty("connection") ConnectionId connection,
			@JsonProperty("organization") OrganizationId organization) {
		this.connection = connection;
		this.organization = organization;
	}

	public ConnectionId connection() {
		return this.connection;
	}

	/** The version that is to be written: one more than is stored. */
	public long nextVersion() {
		return ++this.version;
	}

	/** The version that is stored. */
	long version() {
		return this.version;
	}

	boolean active() {
		return this.standing != null && this.standing.status() == ConnectionStatus.ACTIVE;
	}

	@Nullable SourceId source() {
		return (this.standing != null) ? this.standing.source() : null;
	}

	/** Whether what it sends is passed over, or may be: it is being tried. */
	boolean passedOver() {
		return this.setAside != null && (this.setAside.probeAt() != null || this.setAside.probe() != null);
	}

	/** What was told late is passed over: something newer is known. */
	boolean isNews(Instant at) {
		return this.standing == null || !at.isBefore(this.standing.at());
	}

	/** The number of one more entry, by which entries are in order. */
	String nextEntry() {
		return "%016d".formatted(++this.entries);
	}

	/** More entries came that no run judges; they are judged soon. */
	void staged(Instant at) {
		this.stagedSince = (this.stagedSince != null) ? this.stagedSince : at;
		this.stagedLast = at;
	}

	/** Sets were judged: what goes counts, and what is older than a day is forgotten. */
	void judged(List<Verdict> given, boolean ofNoRun, Instant at) {
		this.released.values().forEach((byHour) -> byHour.headMap(hour(at.minus(DAY)), true).clear());
		for (Verdict verdict : given) {
			if (!verdict.held() && verdict.preview() == null) {
				this.released.computeIfAbsent(verdict.set().kind(), (_) -> new TreeMap<>())
					.merge(hour(at), verdict.set().count(), Long::sum);
			}
		}
		this.verdicts.addAll(given);
		if (ofNoRun) {
			this.stagedSince = null;
			this.stagedLast = null;
		}
	}

	/** What was judged of a run, or of none, is carried out. */
	void carriedOut(@Nullable RunId run) {
		this.verdicts.removeIf((verdict) -> Objects.equals(verdict.set().run(), run));
	}

	List<Verdict> verdictsOf(@Nullable RunId run) {
		return this.verdicts.stream().filter((verdict) -> Objects.equals(verdict.set().run(), run)).toList();
	}

	/** How many of a kind the guard itself let through in the last 24 hours. */
	public long released(GuardedKind kind, Instant at) {
		TreeMap<Long, Long> byHour = this.released.getOrDefault(kind, new TreeMap<>());
		return byHour.tailMap(hour(at.minus(DAY)), false).values().stream().mapToLong(Long::longValue).sum();
	}

	/** When something is to be done; null when nothing is. */
	@Nullable Instant due() {
		return Stream
			.of(judgeAt(), (this.containersSince != null) ? this.containersSince.plus(COLLECTING) : null,
					this.restateAt, (this.setAside != null) ? this.setAside.probeAt() : null,
					(active() && !verdictsOf(null).isEmpty()) ? Instant.EPOCH : null)
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
	}

	/** When what no run staged is judged; null while nothing is to be judged. */
	@Nullable Instant judgeAt() {
		if (this.stagedSince == null || this.stagedLast == null || !active()) {
			return null;
		}
		Instant quiet = this.stagedLast.plus(QUIET);
		Instant latest = this.stagedSince.plus(LONGEST);
		return quiet.isBefore(latest) ? quiet : latest;
	}

	private static long hour(Instant at) {
		return at.getEpochSecond() / Duration.ofHours(1).toSeconds();
	}

	/** What the connector told of the connection, and when it became so. */
	record Standing(SourceId source, ConnectionStatus status, Instant at) {
	}

	/**
	 * What was said about a set, which is all entries of a kind and run up to one.
	 *
	 * @param set as it is stored if it is held
	 * @param upTo the last entry of it
	 * @param preview where a person saw and approved all of it; null where none did
	 */
	record Verdict(HeldSet set, String upTo, boolean held, @Nullable String preview) {
	}

	/**
	 * That a connection is passed over; or, with neither a time nor a probe, that it is
	 * applied again and a FULL run is to show that it can be.
	 *
	 * @param probeAt when it is tried next; null while it is being tried, and afterwards
	 * @param probe the run that tries it
	 * @param pause how long it was left alone before
	 */
	record SetAside(Instant since, @Nullable Instant probeAt, @Nullable RunId probe, Duration pause, Problem problem) {

		SetAside probedAt(@Nullable Instant at, Duration after) {
			return new SetAside(this.since, at, null, after, this.problem);
		}

		SetAside probedBy(RunId run) {
			return new SetAside(this.since, null, run, this.pause, this.problem);
		}

	}

}
