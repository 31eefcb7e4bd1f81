package io.rollcall.reconciler.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.MatchSettled.How;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Acts.Done;
import io.rollcall.reconciler.flow.view.Settling;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Containers;
import io.rollcall.reconciler.rules.Decision;
import io.rollcall.reconciler.rules.Departure;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A connection's directory users: why they are what they are, and who is left out. */
@RestController
@RequestMapping("/api/connections/{connection}/people/{object}")
class PeopleController {

	private final Views views;

	private final Connections connections;

	private final Acts acts;

	private final Settling settling;

	PeopleController(Views views, Ports ports, Acts acts, Settling settling) {
		this.views = views;
		this.settling = settling;
		this.connections = ports.connections();
		this.acts = acts;
	}

	@GetMapping("/explain")
	Explanation explain(@PathVariable String connection, @PathVariable String object) {
		return explanation(facts(connection, object));
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
		Connection of = this.connections.find(user.key().connection());
		if (of == null) {
			throw Problems.notFound("there is no connection '%s'".formatted(connection));
		}
		Done done = this.settling.settle(of, List.of(new Settling.Wish(user.key().object(), how, account)), by)
			.getFirst();
		return switch (done.outcome()) {
			case DONE -> ResponseEntity.ok(explanation(facts(connection, object)));
			case ASKED -> accepted(user);
			case REFUSED -> throw Problems.conflict(String.valueOf(done.detail()));
		};
	}

	private ResponseEntity<Explanation> accepted(Facts user) {
		return ResponseEntity.accepted()
			.location(URI.create(
					"/api/connections/%s/people/%s/explain".formatted(user.key().connection(), user.key().object())))
			.body(explanation(user));
	}

	private ResponseEntity<Explanation> ignore(Facts user, boolean ignored, String by) {
		Facts stored = this.acts.ignore(user, ignored, by);
		return (stored != null) ? ResponseEntity.ok(explanation(stored)) : accepted(user);
	}

	private Facts facts(String connection, String object) {
		return Optional.ofNullable(this.views.facts(new ObjectKey(new ConnectionId(connection), new ObjectId(object))))
			.orElseThrow(() -> Problems
				.notFound("nothing was ever read of '%s' in connection '%s'".formatted(object, connection)));
	}

	private Explanation explanation(Facts facts) {
		Connection connection = this.connections.find(facts.key().connection());
		Rules rules = (connection != null) ? connection.rules() : Rules.standard();
		StoredAccount account = this.views.accountOf(facts.organization(), facts.key());
		Containers containers = this.views.containers(facts.key().connection());
		Seen seen = new Seen(facts.attributes().values(), facts.departure(), facts.in());
		return new Explanation(facts.organization(), facts.key().connection(), facts.key().object(), facts.kind(),
				facts.ignored(), seen, Says.of(Decision.of(rules, facts, containers)), rules.version(),
				(account != null) ? AccountBody.of(account) : null);
	}

	/** Which account a person is to have. */
	record Link(@Nullable String by, @Nullable String account) {
	}

	/**
	 * Why a directory object has the account it has, or none.
	 *
	 * @param ignored whether a person said never to sync it
	 * @param rulesVersion the rules that say so
	 * @param account that it has or waits for; null when there is none
	 */
	record Explanation(OrganizationId organization, ConnectionId connection, ObjectId object, ObjectKind kind,
			boolean ignored, Seen seen, Says decision, int rulesVersion, @Nullable AccountBody account) {
	}

	/**
	 * What the directory said last.
	 *
	 * @param departure how it went away; null while it is there
	 * @param in the groups, units and managers' reports that it is in now
	 */
	record Seen(Map<String, @Nullable Object> attributes, @Nullable Departure departure, List<Container> in) {
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
