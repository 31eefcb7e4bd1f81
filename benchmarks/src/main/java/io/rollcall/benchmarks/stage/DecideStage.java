package io.rollcall.benchmarks.stage;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.reconciler.flow.Batch;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.Evaluations;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.Pending;
import io.rollcall.reconciler.flow.Reconciling;
import io.rollcall.reconciler.rules.Rules;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The reconciler's merge and decisions on what is polled, one batch a partition and poll,
 * on a store in memory. Keeps the calls to the store and the changes that came out.
 */
final class DecideStage {

	/** As many as a reconciler has, each with its share of the partitions. */
	private static final int CONSUMERS = 2;

	private final Tape tape = new Tape();

	private final MemoryObjects objects = new MemoryObjects(this.tape);

	private final Changes changes = new Changes();

	private final Reconciling reconciling = new Reconciling(Mono::empty, this.objects, new MemoryAccounts(this.tape),
			new MemoryTeams(this.tape), (connection) -> Mono.just(Rules.standard()), new NoEvaluations(), this.changes,
			(partitions) -> Mono.empty(), (records) -> Mono.empty(), InstantSource.system(), CrashPoints.NONE);

	void apply(ConsumerRecords<byte[], byte[]> records) {
		Map<Integer, List<Batch.Entry>> consumers = new LinkedHashMap<>();
		for (ConsumerRecord<byte[], byte[]> record : records) {
			if (Watch.reading(record) instanceof EventFormat.Reading.Known(Envelope<?> envelope)
					&& envelope.event() instanceof Observation observation) {
				consumers.computeIfAbsent(record.partition() % CONSUMERS, (consumer) -> new ArrayList<>())
					.add(new Batch.Entry(record.partition(), record.offset(), envelope.bulk(), observation));
			}
		}
		consumers.forEach((consumer, entries) -> {
			this.tape.on(consumer);
			this.reconciling.apply(new Batch(entries)).block();
		});
	}

	Tape tape() {
		return this.tape;
	}

	/** What went to the change log, a list a batch. */
	List<List<Pending>> changes() {
		return this.changes.batches;
	}

	long factsWritten() {
		return this.objects.written();
	}

	private static final class NoEvaluations implements Evaluations {

		@Override
		public Mono<Void> membersOf(OrganizationId organization, java.util.Collection<Turned> groups, String reason,
				@Nullable RunId run) {
			return Mono.empty();
		}

	}

	private static final class Changes implements Outbound {

		private final List<List<Pending>> batches = new ArrayList<>();

		@Override
		public Mono<Void> changes(List<Pending> changes) {
			this.batches.add(List.copyOf(changes));
			return Mono.empty();
		}

		@Override
		public Mono<Void> observations(List<? extends Envelope<? extends Observation>> observations) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> observation(int partition, Envelope<? extends Observation> observation) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> events(List<? extends Envelope<? extends Event>> events) {
			return Mono.empty();
		}

	}

}
