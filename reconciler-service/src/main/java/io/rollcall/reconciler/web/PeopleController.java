package io.rollcall.reconciler.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.MatchSettled.How;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.coordinate.Run;
import io.rollcall.reconciler.flow.coordinate.StagedEntries;
import io.rollcall.reconciler.flow.preview.Drafts;
import io.rollcall.reconciler.flow.preview.Previewer;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Acts.Done;
import io.rollcall.reconciler.flow.view.Settling;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.Containers;
import io.rollcall.reconciler.rules.Decision;
import io.rollcall.reconciler.rules.Departure;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.scope.Verdict;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A connection's directory users: why they are what they are, and who is left out. */
@RestController
@RequestMapping("/api/connections/{connection}/people/{object}")
class PeopleController {

	private static final int RUNS = 100;

	private final Views views;

	private final Ports ports;

	private final DirectoryObjects objects;

	private final Drafts drafts;

	private final PublishedRules rules;

	private final Previewer previewer;

	private final Acts acts;

	private final Settling settling;

	PeopleController(Views views, Ports ports, DirectoryObjects objects, Drafts drafts, PublishedRules rules,
			Previewer previewer, Acts acts, Settling settling) {
		this.views = views;
		this.ports = ports;
		this.objects = objects;
		this.drafts = drafts;
		this.rules = rules;
		this.previewer = previewer;
		this.acts = acts;
		this.settling = settling;
	}

	/**
	 * Why somebody is what they are, or what they would be.
	 * @param draft {@code true} for what the draft says of them
	 * @param version for what a version of the rules says; without either, those that
	 * hold
	 */
	@GetMapping("/explain")
	Explanation explain(@PathVariable String connection, @PathVariable String object,
			@RequestParam(defaultValue = "false") boolean draft, @RequestParam @Nullable Integer version) {
		if (draft && version != null) {
			throw Problems.invalid("ask for the draft or for a version, not for both");
		}
		Facts facts = facts(connection, object);
		ConnectionId id = facts.key().connection();
		if (draft) {
			return explanation(facts, Optional.ofNullable(this.drafts.find(id))
				.map(Drafts.Draft::rules)
				.orElseThrow(
						() -> Problems.notFound("connection '%s' has no draft of its rules".formatted(connection))));
		}
		return explanation(facts, (version != null) ? this.rules.version(id, version) : this.rules.live(id));
	}

	@PostMapping("/ignore")
	ResponseEntity<Explanation> ignore(@PathVariable String connection, @PathVariable String object,
			@RequestBody Act act) {
		return ignore(facts(connection, object), true, act.person());
	}

	@PostMapping("/unignore")
	ResponseEntity<Explanation> unignore(@PathVariable String connection, @PathVariable String object,
			@RequestBody Act act) {
		return ignore(facts(connection, object), false, act.person());
	}

	/** Gives the person an account that is there. */
	@PostMapping("/link")
	ResponseEntity<Explanation> link(@PathVariable String connection, @PathVariable String object,
			@RequestBody Link link) {
		String account = RulesBody.present("account", link.account());
		return settle(connection, object, How.LINK, new AccountId(account), new Act(link.by()).person());
	}

	/** Takes the person's account away: it stays, without a directory user. */
	@PostMapping("/unlink")
	ResponseEntity<Explanation> unlink(@PathVariable String connection, @PathVariable String object,
			@RequestBody Act act) {
		return settle(connection, object, How.UNLINK, null, act.person());
	}

	/** Gives the person an account of its own, whatever matches. */
	@PostMapping("/create")
	ResponseEntity<Explanation> create(@PathVariable String connection, @PathVariable String object,
			@RequestBody Act act) {
		return settle(connection, object, How.CREATE, null, act.person());
	}

	private ResponseEntity<Explanation> settle(String connection, String object, How how, @Nullable AccountId account,
			String by) {
		Facts user = facts(connection, object);
		Connection of = this.ports.connections().find(user.key().connection());
		if (of == null) {
			throw Problems.notFound("there is no connection '%s'".formatted(connection));
		}
		Done done = this.settling.settle(of, List.of(new Settling.Wish(user.key().object(), how, account)), by)
			.getFirst();
		return switch (done.outcome()) {
			case DONE -> ResponseEntity.ok(live(facts(connection, object)));
			case ASKED -> accepted(user);
			case REFUSED -> throw Problems.conflict(String.valueOf(done.detail()));
		};
	}

	private ResponseEntity<Explanation> accepted(Facts user) {
		return ResponseEntity.accepted()
			.location(URI.create(
					"/api/connections/%s/people/%s/explain".formatted(user.key().connection(), user.key().object())))
			.body(live(user));
	}

	private ResponseEntity<Explanation> ignore(Facts user, boolean ignored, String by) {
		Facts stored = this.acts.ignore(user, ignored, by);
		return (stored != null) ? ResponseEntity.ok(live(stored)) : accepted(user);
	}

	private Facts facts(String connection, String object) {
		return Optional.ofNullable(this.views.facts(new ObjectKey(new ConnectionId(connection), new ObjectId(object))))
			.orElseThrow(() -> Problems
				.notFound("nothing was ever read of '%s' in connection '%s'".formatted(object, connection)));
	}

	private Explanation live(Facts facts) {
		return explanation(facts, this.rules.live(facts.key().connection()));
	}

	private Explanation explanation(Facts facts, Rules rules) {
		ConnectionId connection = facts.key().connection();
		Containers containers = this.views.containers(connection);
		StoredAccount account = this.views.accountOf(facts.organization(), facts.key());
		List<OutcomeBody> outcomes = Optional.ofNullable(this.ports.connections().find(connection))
			.map((known) -> this.previewer.explain(known, rules, facts.key().object()))
			.orElse(List.of())
			.stream()
			.map(OutcomeBody::of)
			.filter((outcome) -> outcome.change() != null || outcome.afterApproval() != null)
			.toList();
		List<StagedEntries.Found> waiting = (account != null)
				? this.ports.entries().find(connection, List.of(account.account().id().value())) : List.of();
		return new Explanation(facts.organization(), connection, facts.key().object(), facts.kind(), facts.ignored(),
				seen(facts), Decision.explain(rules, facts, containers), Says.of(Decision.of(rules, facts, containers)),
				rules.version(), (account != null) ? AccountBody.of(account) : null, outcomes, waiting);
	}

	private Seen seen(Facts facts) {
		List<ObjectKey> keys = facts.in()
			.stream()
			.map((container) -> new ObjectKey(facts.key().connection(), container.object()))
			.toList();
		Map<ObjectKey, StoredFacts> containers = this.objects.find(keys, List.of()).objects();
		List<Place> in = facts.in().stream().map((container) -> {
			StoredFacts of = containers.get(new ObjectKey(facts.key().connection(), container.object()));
			return new Place(container.kind(), container.object(), (of != null) ? of.facts().name() : null,
					of != null && of.facts().lives());
		}).toList();
		Facts.Whole whole = facts.whole();
		return new Seen(facts.attributes().values(), facts.departure(), in,
				(whole != null) ? readAfter(facts.key().connection(), whole.stamp()) : null);
	}

	/** Stamps have an order and no time: the time of the last run before it is known. */
	private @Nullable Instant readAfter(ConnectionId connection, Stamp stamp) {
		return this.ports.runs()
			.newest(connection, null, RUNS)
			.stream()
			.map(Run::head)
			.filter((run) -> !run.startedAt().equals(Stamp.NONE) && !run.startedAt().isAfter(stamp))
			.map(Run.Head::at)
			.findFirst()
			.orElse(null);
	}

	/** Which account a person is to have. */
	record Link(@Nullable String by, @Nullable String account) {
	}

	/**
	 * Why a directory object has the account it has, or none.
	 *
	 * @param ignored whether a person said never to sync it
	 * @param rules what each rule says, in their order
	 * @param rulesVersion the rules that say so; of a draft, those that it goes out from
	 * @param account that it has or waits for; null when there is none
	 * @param changes what these rules would change if it was decided now, by itself; here
	 * {@code afterApproval} is what the guard is asked about
	 * @param waiting what waits for the guard, or in a held set for a person
	 */
	record Explanation(OrganizationId organization, ConnectionId connection, ObjectId object, ObjectKind kind,
			boolean ignored, Seen seen, List<Verdict> rules, Says decision, int rulesVersion,
			@Nullable AccountBody account, List<OutcomeBody> changes, List<StagedEntries.Found> waiting) {
	}

	/**
	 * What the directory said last.
	 *
	 * @param departure how it went away; null while it is there
	 * @param in the groups, units and managers' reports that it is in now
	 * @param readAfter when the last run began before it was read; null where no run is
	 * known
	 */
	record Seen(Map<String, @Nullable Object> attributes, @Nullable Departure departure, List<Place> in,
			@Nullable Instant readAfter) {
	}

	/**
	 * What somebody is in.
	 *
	 * @param name null where nothing was read of it
	 * @param lives whether the directory has it: otherwise nobody counts as in it
	 */
	record Place(ContainerKind kind, ObjectId object, @Nullable String name, boolean lives) {
	}

	/**
	 * What the rules say about it by itself; what other accounts have is not looked at.
	 *
	 * @param outcome {@code INCLUDE}, {@code LEAVE} or {@code NOTHING}
	 * @param reason why it leaves, or why something about it waits
	 * @param fields the account's fields, when it is to have one
	 */
	record Says(String outcome, @Nullable Reason reason, Map<String, @Nullable String> fields, @Nullable String email) {

		static Says of(Decision decision) {
			return switch (decision) {
				case Decision.Include include -> new Says("INCLUDE", include.held(), include.fields(), include.email());
				case Decision.Leave leave -> new Says("LEAVE", leave.reason(), Map.of(), null);
				case Decision.Nothing _ -> new Says("NOTHING", null, Map.of(), null);
			};
		}

	}

}
