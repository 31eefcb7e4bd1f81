package io.rollcall.support.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import io.rollcall.test.RealServices;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What could not be processed, in a real database. */
class MongoDeadLettersTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

	private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

	private final List<String> told = new ArrayList<>();

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	private MongoClient client;

	private MongoDatabase database;

	private MongoDeadLetters letters;

	private boolean noticesFail;

	@BeforeEach
	void begin() {
		this.client = MongoClients.create(RealServices.mongoUri());
		this.database = this.client.getDatabase(RealServices.freshMongoDatabase("rollcall-letters"));
		this.letters = new MongoDeadLetters(this.database, this.beans.getBeanProvider(DeadLetters.Redrive.class),
				this.beans.getBeanProvider(DeadLetters.Notices.class), "probe", () -> NOW);
		this.beans.registerSingleton("notices", (DeadLetters.Notices) (id, event) -> {
			if (this.noticesFail) {
				throw new IllegalStateException("nobody can be told");
			}
			this.told.add(switch (event) {
				case RunEvent.DeadLetterWaiting it -> "waiting " + it.letter() + " " + it.service();
				case RunEvent.DeadLettersSettled it -> "settled " + it.organization() + " " + it.connection();
				default -> throw new AssertionError(event);
			});
			assertThat(id).startsWith("dead-letter");
		});
	}

	@AfterEach
	void end() {
		this.client.close();
	}

	@Test
	void keepsALetterAsItWasOnce() {
		DeadLetter whole = letter(7, null, "c1");
		DeadLetter cell = letter(7, 4, "c1");
		this.letters.save(whole);
		this.letters.save(whole);
		this.letters.save(cell);
		assertThat(this.letters.count()).isEqualTo(2);
		assertThat(this.letters.newest(10)).usingRecursiveComparison()
			.ignoringCollectionOrder()
			.isEqualTo(List.of(whole, cell));
		assertThat(whole.id()).isEqualTo("topic:3:7:group");
		assertThat(cell.id()).isEqualTo("topic:3:7:4");
	}

	@Test
	void listsTheNewestFirst() {
		for (int offset : List.of(2, 1, 3)) {
			this.letters.save(letter(offset, null, "c1"));
		}
		assertThat(this.letters.newest(2)).extracting(DeadLetter::offset).containsExactly(3L, 2L);
	}

	@Test
	void forgetsALetterAfterFourteenDays() {
		this.letters.save(letter(7, null, "c1"));
		assertThat(Flux.from(this.database.getCollection("deadLetters").listIndexes()).collectList().block(TEN_SECONDS))
			.filteredOn((index) -> index.containsKey("expireAfterSeconds"))
			.singleElement()
			.satisfies((index) -> {
				assertThat(index.get("key", Document.class)).containsOnlyKeys("at");
				assertThat(((Number) index.get("expireAfterSeconds")).longValue())
					.isEqualTo(Duration.ofDays(14).toSeconds());
			});
	}

	@Test
	void asksTheServicesOwnRedriveAndTakesTheLetterOutBehindIt() {
		List<String> done = new ArrayList<>();
		this.beans.registerSingleton("commands", (DeadLetters.Redrive) (letter) -> false);
		this.beans.registerSingleton("cells", (DeadLetters.Redrive) (letter) -> done.add(letter.id()));
		DeadLetter cell = letter(7, 4, "c1");
		this.letters.save(cell);
		assertThat(this.letters.redrive(cell.id())).isPresent();
		assertThat(done).containsExactly(cell.id());
		assertThat(this.letters.count()).isZero();
		assertThat(this.letters.redrive(cell.id())).isEmpty();
	}

	@Test
	void keepsALetterThatCannotBeRedriven() {
		DeadLetter cell = letter(7, 4, "c1");
		this.letters.save(cell);
		assertThatIllegalStateException().isThrownBy(() -> this.letters.redrive(cell.id()))
			.withMessageContaining("nothing in this service can redrive");
		assertThat(this.letters.count()).isEqualTo(1);
	}

	@Test
	void tellsOfEachLetterAndOnceWhenNoneOfAConnectionWaits() {
		this.letters.save(letter(1, null, "c1"));
		this.letters.save(letter(2, null, "c1"));
		this.letters.save(letter(3, null, "c2"));
		this.letters.save(letter(4, null, null));
		this.letters.discard(letter(1, null, "c1").id());
		assertThat(this.told).containsExactly("waiting topic:3:1:group probe", "waiting topic:3:2:group probe",
				"waiting topic:3:3:group probe");
		this.letters.discard(letter(2, null, "c1").id());
		this.letters.settle();
		assertThat(this.told).hasSize(4).last().isEqualTo("settled acme c1");
	}

	@Test
	void tellsThatLettersHaveExpired() {
		this.letters.save(letter(1, null, "c1"));
		Mono.from(this.database.getCollection("deadLetters").deleteMany(new Document())).block(TEN_SECONDS);
		this.letters.settle();
		assertThat(this.told).last().isEqualTo("settled acme c1");
	}

	@Test
	void failsWhereNobodyCouldBeToldSoThatTheRecordComesAgain() {
		this.noticesFail = true;
		assertThatIllegalStateException().isThrownBy(() -> this.letters.save(letter(1, null, "c1")));
		this.noticesFail = false;
		this.letters.save(letter(1, null, "c1"));
		assertThat(this.told).containsExactly("waiting topic:3:1:group probe");
		assertThat(this.letters.count()).isEqualTo(1);
	}

	private static DeadLetter letter(long offset, @Nullable Integer index, @Nullable String connection) {
		return new DeadLetter("topic", 3, offset, "group", index, "key", Map.of("ce_id", "x", "a.b$c", "y"),
				new byte[] { 1, 2 }, Problem.forPerson(Problem.Code.RECORD_UNREADABLE, "detail", "it is bad"),
				(connection != null) ? ACME : null, (connection != null) ? new ConnectionId(connection) : null,
				NOW.plusSeconds(offset));
	}

}
