package io.rollcall.reconciler.web;

import java.util.List;
import java.util.Objects;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.Observation.MatchSettled.How;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.flow.coordinate.Ports;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.Settling;
import io.rollcall.reconciler.flow.view.Settling.Wish;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people say about the directory users of a connection, for many at once. */
@RestController
@RequestMapping("/api/connections/{connection}/people")
class MatchesController {

	private final Views views;

	private final Connections connections;

	private final Settling settling;

	private final Acts acts;

	MatchesController(Views views, Ports ports, Settling settling, Acts acts) {
		this.views = views;
		this.acts = acts;
		this.connections = ports.connections();
		this.settling = settling;
	}

	/** Gives each person an account that is there. */
	@PostMapping("/link")
	BulkDone link(@PathVariable String connection, @RequestBody Links links) {
		String by = new Act(links.by()).person();
		List<Wish> wishes = BulkDone.checked(links.links())
			.stream()
			.map((link) -> new Wish(new ObjectId(RulesBody.present("links.object", link.object())), How.LINK,
					new AccountId(RulesBody.present("links.account", link.account()))))
			.toList();
		return BulkDone.of(this.settling.settle(find(connection), wishes, by), null);
	}

	@PostMapping("/unlink")
	BulkDone unlink(@PathVariable String connection, @RequestBody Ids ids) {
		String by = new Act(ids.by()).person();
		return settle(find(connection), BulkDone.checked(ids.ids()), How.UNLINK, by, null);
	}

	/** Gives each person, or those that wait for one reason, an account of their own. */
	@PostMapping("/create")
	BulkDone create(@PathVariable String connection, @RequestBody Creation creation) {
		String by = new Act(creation.by()).person();
		Connection of = find(connection);
		if ((creation.ids() == null) == (creation.waitingFor() == null)) {
			throw Problems.invalid("name either \"ids\" or what they are \"waitingFor\", such as AVAILABLE");
		}
		if (creation.waitingFor() == null) {
			return settle(of, BulkDone.checked(creation.ids()), How.CREATE, by, null);
		}
		Page<StoredAccount> page = this.views.accounts(of.organization(),
				new Views.Query(null, null, null, new Views.Held(of.id(), creation.waitingFor()), null),
				creation.cursor(), BulkDone.MOST);
		List<String> objects = page.items()
			.stream()
			.map((stored) -> stored.account().object())
			.filter(Objects::nonNull)
			.map(ObjectKey::object)
			.map(ObjectId::value)
			.toList();
		return settle(of, objects, How.CREATE, by, page.next());
	}

	@PostMapping("/ignore")
	BulkDone ignore(@PathVariable String connection, @RequestBody Ids ids) {
		return ignore(connection, ids, true);
	}

	@PostMapping("/unignore")
	BulkDone unignore(@PathVariable String connection, @RequestBody Ids ids) {
		return ignore(connection, ids, false);
	}

	private BulkDone ignore(String connection, Ids ids, boolean ignored) {
		String by = new Act(ids.by()).person();
		List<ObjectId> users = BulkDone.checked(ids.ids()).stream().map(ObjectId::new).toList();
		return BulkDone.of(this.acts.ignore(find(connection), users, ignored, by), null);
	}

	private BulkDone settle(Connection of, List<String> objects, How how, String by, @Nullable String next) {
		List<Wish> wishes = objects.stream().map((object) -> new Wish(new ObjectId(object), how, null)).toList();
		return BulkDone.of(this.settling.settle(of, wishes, by), next);
	}

	private Connection find(String connection) {
		Connection found = this.connections.find(new ConnectionId(connection));
		if (found == null) {
			throw Problems.notFound("there is no connection '%s'".formatted(connection));
		}
		return found;
	}

	/** Some people. */
	record Ids(@Nullable String by, @Nullable List<String> ids) {
	}

	/** Some people, each with an account. */
	record Links(@Nullable String by, @Nullable List<Link> links) {
	}

	/** A person with an account. */
	record Link(@Nullable String object, @Nullable String account) {
	}

	/**
	 * Some people, or all that wait for a reason, so many at a time.
	 *
	 * @param cursor the {@code next} of the answer before
	 */
	record Creation(@Nullable String by, @Nullable List<String> ids, Reason.@Nullable Code waitingFor,
			@Nullable String cursor) {
	}

}
