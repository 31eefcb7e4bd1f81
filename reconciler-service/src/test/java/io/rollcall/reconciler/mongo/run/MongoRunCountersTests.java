package io.rollcall.reconciler.mongo.run;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.reconciler.flow.RunCounters.Applied;
import io.rollcall.reconciler.flow.RunCounters.OfPartition;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every change counts once, however often and by whom its batch is applied. */
class MongoRunCountersTests {

	private static final ConnectionId CONNECTION = new ConnectionId("c1");

	private static final RunId RUN = new RunId("r1");

	private static final int PARTITION = 3;

	private MongoPorts ports;

	private MongoRunCounters counters;

	@BeforeEach
	void start() {
		this.ports = MongoPorts.at(RealServices.mongoUri(), RealServices.freshMongoDatabase("run-counters"));
		this.counters = new MongoRunCounters(this.ports.database(), InstantSource.system());
	}

	@AfterEach
	void stop() {
		this.ports.close();
	}

	@Test
	void countsEachBatch() {
		count(0, 9);
		count(10, 19);
		assertThat(created()).isEqualTo(20);
	}

	@Test
	void countsWhatIsDeliveredAgainOnceThoughItIsCutInAnotherWay() {
		count(0, 9);
		count(0, 4);
		count(5, 14);
		assertThat(created()).isEqualTo(15);
	}

	@Test
	void countsNothingOfWhoeverLostThePartitionAndComesLate() {
		count(0, 9);
		// The next owner is given the same batch, as it was not committed, and goes on.
		count(0, 9);
		count(10, 29);
		count(0, 9);
		assertThat(created()).isEqualTo(30);
	}

	private void count(int from, int upTo) {
		List<Applied> applied = IntStream.rangeClosed(from, upTo)
			.mapToObj((offset) -> new Applied(CONNECTION, RUN, "account:" + offset,
					new ApplyCounts(1, 0, 0, 0, 0, 0, 0, 0)))
			.toList();
		this.counters.add(List.of(new OfPartition(PARTITION, from, upTo, applied))).block();
	}

	private long created() {
		return new MongoRuns(this.ports.database(), InstantSource.system()).applied(CONNECTION, RUN).block().created();
	}

}
