package io.rollcall.reconciler.flow.coordinate;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for a connection beside its runs. Written as one document on
 * condition of its version: of two that judge, one does.
 *
 * @param standing null until the connector told of the connection
 * @param upTo the last progress event that was dealt with
 * @param entries how many entries were staged until now: gives each its number
 * @param staging when the first and last entry came that is still to be judged alone
 * @param containersSince when the first container changed that nobody was asked about
 * @param restateAt when the first state is to be published once more
 * @param verdicts what was judged and is not carried out yet
 * @param released how many the guard let through, by kind and hour
 * @param setAside since when the connection is passed over
 */
public record Coordination(ConnectionId connection, OrganizationId organization, @Nullable Standing standing,
		Position upTo, long entries, @Nullable Staging staging, @Nullable Instant containersSince,
		@Nullable Instant restateAt, List<Verdict> verdicts, Map<String, Long> released, @Nullable SetAside setAside) {

	static final Duration QUIET = Duration.ofSeconds(2);

	static final Duration LONGEST = Duration.ofSeconds(10);

	static final Duration COLLECTING = Duration.ofSeconds(1);

	private static final Duration DAY = Duration.ofHours(24);

	public Coordination {
		verdicts = List.copyOf(verdicts);
		released = Collections.unmodifiableMap(new LinkedHashMap<>(released));
	}

	public static Coordination begin(ConnectionId connection, OrganizationId organization) {
		return new Coordination(connection, organization, null, Position.NONE, 0, null, null, null, List.of(), Map.of(),
				null);
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

	Coordination standing(Standing now) {
		return new Coordination(this.connection, this.organization, now, this.upTo, this.entries, this.staging,
				this.containersSince, this.restateAt, this.verdicts, this.released, this.setAside);
	}

	Coordination upTo(Position position) {
		return new Coordination(this.connection, this.organization, this.standing, position, this.entries, this.staging,
				this.containersSince, this.restateAt, this.verdicts, this.released, this.setAside);
	}

	/** More entries came; those of no run are judged soon. */
	Coordination staged(int count, boolean ofNoRun, Instant at) {
		Staging since = ofNoRun ? new Staging((this.staging != null) ? this.staging.first() : at, at) : this.staging;
		return new Coordination(this.connection, this.organization, this.standing, this.upTo, this.entries + count,
				since, this.containersSince, this.restateAt, this.verdicts, this.released, this.setAside);
	}

	Coordination containersSince(@Nullable Instant at) {
		return new Coordination(this.connection, this.organization, this.standing, this.upTo, this.entries,
				this.staging, at, this.restateAt, this.verdicts, this.released, this.setAside);
	}

	Coordination restateAt(@Nullable Instant at) {
		return new Coordination(this.connection, this.organization, this.standing, this.upTo, this.entries,
				this.staging, this.containersSince, at, this.verdicts, this.released, this.setAside);
	}

	Coordination setAside(@Nullable SetAside since) {
		return new Coordination(this.connection, this.organization, this.standing, this.upTo, this.entries,
				this.staging, this.containersSince, this.restateAt, this.verdicts, this.released, since);
	}

	/** Sets were judged: what goes counts, and what is older than a day is forgotten. */
	Coordination judged(List<Verdict> given, boolean ofNoRun, Instant at) {
		Map<String, Long> counts = new LinkedHashMap<>();
		this.released.forEach((kindAndHour, count) -> {
			if (isWithin(kindAndHour, at)) {
				counts.put(kindAndHour, count);
			}
		});
		given.stream()
			.filter((verdict) -> !verdict.held())
			.forEach((verdict) -> counts.merge(verdict.kind() + ":" + hour(at), verdict.count(), Long::sum));
		List<Verdict> all = Stream.concat(this.verdicts.stream(), given.stream()).toList();
		return new Coordination(this.connection, this.organization, this.standing, this.upTo, this.entries,
				ofNoRun ? null : this.staging, this.containersSince, this.restateAt, all, counts, this.setAside);
	}

	/** What was judged of a run, or of none, is carried out. */
	Coordination carriedOut(@Nullable RunId run) {
		List<Verdict> others = this.verdicts.stream().filter((verdict) -> !Objects.equals(verdict.run(), run)).toList();
		return new Coordination(this.connection, this.organization, this.standing, this.upTo, this.entries,
				this.staging, this.containersSince, this.restateAt, others, this.released, this.setAside);
	}

	List<Verdict> verdictsOf(@Nullable RunId run) {
		return this.verdicts.stream().filter((verdict) -> Objects.equals(verdict.run(), run)).toList();
	}

	/** How many of a kind the guard itself let through in the last 24 hours. */
	long released(GuardedKind kind, Instant at) {
		return this.released.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().startsWith(kind + ":") && isWithin(entry.getKey(), at))
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	/** When something is to be done; null when nothing is. */
	public @Nullable Instant due() {
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
		if (this.staging == null || !active()) {
			return null;
		}
		Instant quiet = this.staging.last().plus(QUIET);
		Instant latest = this.staging.first().plus(LONGEST);
		return quiet.isBefore(latest) ? quiet : latest;
	}

	private static boolean isWithin(String kindAndHour, Instant at) {
		return Long.parseLong(kindAndHour.substring(kindAndHour.indexOf(':') + 1)) > hour(at.minus(DAY));
	}

	private static long hour(Instant at) {
		return at.getEpochSecond() / Duration.ofHours(1).toSeconds();
	}

	/** What the connector told of the connection, and when it became so. */
	public record Standing(SourceId source, ConnectionStatus status, Instant at) {
	}

	/** When the first and the last entry came that are to be judged. */
	public record Staging(Instant first, Instant last) {
	}

	/**
	 * What was said about a set, which is all entries of a kind and run up to one.
	 *
	 * @param run the run that staged it; null for what live reads staged
	 * @param upTo the last entry of it
	 */
	public record Verdict(GuardedKind kind, @Nullable RunId run, String upTo, String hash, long count, boolean held,
			long total, long limit, List<String> names, Instant at) {

		public Verdict {
			names = List.copyOf(names);
		}

	}

	/**
	 * That a connection is passed over; or, with neither a time nor a probe, that it is
	 * applied again and a FULL run is to show that it can be.
	 *
	 * @param probeAt when it is tried next; null while it is being tried, and afterwards
	 * @param probe the run that tries it
	 * @param pause how long it was left alone before
	 */
	public record SetAside(Instant since, @Nullable Instant probeAt, @Nullable RunId probe, Duration pause,
			Problem problem) {
	}

}
