package io.rollcall.model.directory;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Cell.ObjectGone;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.directory.Observation.IgnoreRequested;
import org.junit.jupiter.api.Test;

import static java.time.Instant.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;

class ObservationTests {

	private static final OrganizationId CONTOSO = new OrganizationId("contoso");

	private static final ConnectionId CONNECTION = new ConnectionId("c");

	private static final ObjectId ADELE = new ObjectId("adele");

	private static final Cell CELL = new ObjectGone(7, ADELE, ObjectKind.USER, Removal.RESTORABLE);

	@Test
	void keysARecordByItsPartitionAndACommandByItsObject() {
		assertThat(cells(List.of(CELL)).key()).isEqualTo("c:3");
		assertThat(new IgnoreRequested(CONTOSO, CONNECTION, ADELE, true, "grace", EPOCH).key()).isEqualTo("c:adele")
			.isEqualTo(Observation.keyOf(CONNECTION, ADELE));
	}

	@Test
	void stampsACellWithTheRecordsSequenceAndItsOwnPlace() {
		assertThat(cells(List.of(CELL)).stamp(CELL)).isEqualTo(new Stamp(new Sequence(5), 7));
	}

	@Test
	void doesNotChangeWithTheListItWasMadeFrom() {
		List<Cell> list = new ArrayList<>(List.of(CELL));
		CellsObserved observed = cells(list);
		list.clear();
		assertThat(observed.cells()).containsExactly(CELL);
	}

	private static CellsObserved cells(List<Cell> cells) {
		return new CellsObserved(CONTOSO, CONNECTION, new SourceId("global/t/a"), new Sequence(5), 3, null, null,
				cells);
	}

}
