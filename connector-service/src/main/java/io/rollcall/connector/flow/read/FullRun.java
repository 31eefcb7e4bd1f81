package io.rollcall.connector.flow.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Tenants.Page;
import io.rollcall.connector.flow.Tenants;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.Selection;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.Sequence;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Observation.CellsObserved;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole tenant in new chains: units, groups, users last, so that a user's edges
 * are known and ride with it; then what changed meanwhile, in at most eight rounds. It is
 * held in memory only: whoever takes the connection over begins anew.
 */
public final class FullRun {

	private static final int MOST_ROUNDS = 8;

	/** Cells that are published at once where no page says how many. */
	private static final int PORTION = 5_000;

	/**
	 * Cells of several pages that are published together: most pages of groups have few.
	 */
	private static final int TOGETHER = 1_000;

	private final Tenants tenants;

	private final Publication publication;

	private final Selection selection;

	private final HeldEdges edges = new HeldEdges();

	private final Map<Resource, String> deltaLinks = new EnumMap<>(Resource.class);

	private final List<CellsObserved> unsent = new ArrayList<>();

	private int unsentCells;

	private Run sent;

	/** With what is not sent yet. */
	private Run run;

	private Phase phase = Phase.CONTAINERS;

	private Resource resource = Resource.UNITS;

	private @Nullable String link;

	private Repetition repetition = new Repetition();

	/** Where the edges that are published without a page have come to. */
	private int cursor;

	private int rounds;

	private boolean roundIsEmpty = true;

	private Instant askedAt;

	private enum Phase {

		CONTAINERS, EDGES_OF_GROUPS, USERS, ROUNDS, EDGES_LEFT, READ

	}

	FullRun(Run run, Selection selection, Ports ports) {
		this.sent = run;
		this.run = run;
		this.selection = selection;
		this.tenants = ports.tenants();
		this.publication = new Publication(ports.publications());
		this.askedAt = run.at();
	}

	/** The run with all that was published of it. */
	public Run run() {
		return this.sent;
	}

	HeldEdges edges() {
		return this.edges;
	}

	/** How many edges it holds. */
	public int size() {
		return this.edges.size();
	}

	public boolean isRead() {
		return this.phase == Phase.READ && this.unsent.isEmpty();
	}

	/** Whose chain is asked. */
	public Resource resource() {
		return this.resource;
	}

	/** What it selects of the chain that is asked. */
	private List<String> attributes() {
		return this.selection.of(this.resource);
	}

	/**
	 * The attributes that Graph refuses, of the chain that is asked: each is tried alone,
	 * those that only rules ask for first. Where Graph refuses any, it is all of these.
	 */
	public List<String> refused(Connection connection) {
		List<String> usual = Selection.DEFAULT.of(this.resource);
		List<String> unusual = attributes().stream().filter((name) -> !usual.contains(name)).toList();
		List<String> alone = refusedOf(connection, unusual);
		if (alone.isEmpty()) {
			List<String> ofUsual = refusedOf(connection, usual);
			return (ofUsual.isEmpty() || ofUsual.size() == usual.size()) ? unusual : ofUsual;
		}
		return alone;
	}

	private List<String> refusedOf(Connection connection, List<String> names) {
		return names.stream()
			.filter((name) -> this.tenants.page(connection, this.resource, null,
					List.of(name)) instanceof Answer.Failed<Page>(Failure.AttributeRefused _))
			.toList();
	}

	/**
	 * Reads a page, or takes a portion of edges; publishes what has come together before.
	 * @return what failed, or null
	 */
	public @Nullable Failure step(OwnedConnection owned) {
		if (this.unsentCells >= TOGETHER || this.phase == Phase.READ) {
			this.publication.publish(Topics.SNAPSHOTS, this.unsent);
			this.unsent.clear();
			this.unsentCells = 0;
			this.sent = this.run;
		}
		List<Cell> cells = new ArrayList<>();
		return switch (this.phase) {
			case CONTAINERS, USERS, ROUNDS -> page(owned);
			case EDGES_OF_GROUPS -> portion(owned, cells, this.edges.groups(this.cursor, PORTION, cells), Phase.USERS);
			case EDGES_LEFT -> portion(owned, cells, this.edges.left(this.cursor, PORTION, cells), Phase.READ);
			case READ -> null;
		};
	}

	private @Nullable Failure portion(OwnedConnection owned, List<Cell> cells, int next, Phase then) {
		add(owned, owned.nextSequence(), cells, 0);
		this.cursor = next;
		if (next < 0) {
			this.phase = then;
		}
		return null;
	}

	/** The position when all is read: the new chains take the place of the old ones. */
	Position replaced(Position position) {
		Position replaced = position;
		for (Resource each : Resource.ALL) {
			replaced = replaced.with(each, position.chain(each)
				.replaced(Objects.requireNonNull(this.deltaLinks.get(each)), this.selection.of(each), this.askedAt));
		}
		return replaced;
	}

	private @Nullable Failure page(OwnedConnection owned) {
		if (this.link == null) {
			this.askedAt = owned.now();
		}
		Sequence sequence = owned.nextSequence();
		return switch (this.tenants.page(owned.connection(), this.resource, this.link, attributes())) {
			case Answer.Failed<Page>(Failure failure) -> failure;
			case Answer.Got<Page>(Page page) -> {
				add(owned, sequence, cells(page), 1);
				LiveRead.logSetAside(owned, page);
				if (this.repetition.noticedIn(page, this.link)) {
					yield new Failure.LinkExpired("The pages of " + this.resource + " repeat without end");
				}
				next(page);
				yield null;
			}
		};
	}

	/** Takes the edges out of a page, or puts them to their users. */
	private List<Cell> cells(Page page) {
		this.edges.take(page.cells());
		if (this.phase == Phase.ROUNDS) {
			this.roundIsEmpty &= page.cells().isEmpty();
			return page.cells();
		}
		List<Cell> cells = new ArrayList<>(page.cells().size());
		for (Cell cell : page.cells()) {
			switch (cell) {
				case Cell.ObjectRead read when read.kind() == ObjectKind.USER ->
					cells.add(new Cell.ObjectRead(read.index(), read.object(), read.kind(), read.attributes(),
							this.edges.ride(read.object(), ObjectKind.USER)));
				case Cell.ObjectRead read -> {
					this.edges.listed(read.object(), read.kind());
					cells.add(read);
				}
				case Cell.EdgeRead _, Cell.ManagerRead _ -> {
				}
				case Cell.ObjectGone _, Cell.EdgesRead _, Cell.MembersListed _, Cell.Unreadable _ -> cells.add(cell);
			}
		}
		return cells;
	}

	private void add(OwnedConnection owned, Sequence sequence, List<Cell> cells, int pages) {
		Run added = Objects.requireNonNull(this.publication.add(this.unsent, owned.connection(), sequence, attributes(),
				cells, Topics.SNAPSHOTS, this.run));
		this.run = added.counted(Publication.count(cells, pages));
		this.unsentCells += cells.size();
	}

	private void next(Page page) {
		this.link = page.nextLink();
		if (this.link != null) {
			return;
		}
		this.deltaLinks.put(this.resource, Objects.requireNonNull(page.deltaLink()));
		this.repetition = new Repetition();
		switch (this.resource) {
			case UNITS -> this.resource = Resource.GROUPS;
			case GROUPS -> {
				this.resource = Resource.USERS;
				if (this.phase == Phase.CONTAINERS) {
					this.phase = Phase.EDGES_OF_GROUPS;
				}
			}
			case USERS -> afterUsers();
		}
		if (this.phase == Phase.ROUNDS) {
			this.link = this.deltaLinks.get(this.resource);
		}
	}

	private void afterUsers() {
		if (this.phase == Phase.ROUNDS && (this.roundIsEmpty || this.rounds == MOST_ROUNDS)) {
			this.cursor = 0;
			this.phase = Phase.EDGES_LEFT;
			return;
		}
		this.phase = Phase.ROUNDS;
		this.resource = Resource.UNITS;
		this.rounds++;
		this.roundIsEmpty = true;
	}

}
