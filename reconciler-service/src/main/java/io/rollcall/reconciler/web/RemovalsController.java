package io.rollcall.reconciler.web;

import java.util.List;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.view.Acts.Done;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.Removals;
import io.rollcall.reconciler.flow.view.Removals.Answer;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.Account.Leaving.State;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The accounts whose directory users have left, and that a person decides about. */
@RestController
@RequestMapping("/api/organizations/{organization}/removals")
class RemovalsController {

	private final Views views;

	private final Removals removals;

	RemovalsController(Views views, Removals removals) {
		this.views = views;
		this.removals = removals;
	}

	/**
	 * Accounts by their ids.
	 * @param state {@code QUEUED} who waits for a person, {@code KEPT} who stays,
	 * {@code REMOVED} whom a person removed, {@code GUARDED} who waits for the guard
	 * @param reason why the directory user has no place here
	 */
	@GetMapping
	Page<AccountBody> list(@PathVariable String organization, @RequestParam(defaultValue = "QUEUED") State state,
			@RequestParam @Nullable String connection, @RequestParam Reason.@Nullable Code reason,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return find(organization, new Filter(connection, reason), state, cursor, Problems.limit(limit))
			.map(AccountBody::of);
	}

	@PostMapping("/confirm")
	BulkDone confirm(@PathVariable String organization, @RequestBody Bulk bulk) {
		return answer(organization, bulk, Answer.CONFIRM, State.QUEUED);
	}

	@PostMapping("/keep")
	BulkDone keep(@PathVariable String organization, @RequestBody Bulk bulk) {
		return answer(organization, bulk, Answer.KEEP, State.QUEUED);
	}

	@PostMapping("/undo")
	BulkDone undo(@PathVariable String organization, @RequestBody Bulk bulk) {
		return answer(organization, bulk, Answer.UNDO, State.REMOVED);
	}

	private BulkDone answer(String organization, Bulk bulk, Answer answer, State state) {
		String by = new Act(bulk.by()).person();
		if ((bulk.ids() == null) == (bulk.filter() == null)) {
			throw Problems.invalid("name either \"ids\" or a \"filter\"; {} is everybody");
		}
		List<AccountId> ids;
		String next = null;
		if (bulk.filter() != null) {
			Page<StoredAccount> page = find(organization, bulk.filter(), state, bulk.cursor(), BulkDone.MOST);
			ids = page.items().stream().map((stored) -> stored.account().id()).toList();
			next = page.next();
		}
		else {
			ids = BulkDone.checked(bulk.ids()).stream().map(AccountId::new).toList();
		}
		List<Done> done = this.removals.answer(new OrganizationId(organization), ids, answer, by);
		return BulkDone.of(done, next);
	}

	private Page<StoredAccount> find(String organization, Filter filter, State state, @Nullable String cursor,
			int limit) {
		Views.Left left = new Views.Left(state,
				(filter.connection() != null) ? new ConnectionId(filter.connection()) : null, filter.reason());
		return this.views.accounts(new OrganizationId(organization), new Views.Query(null, null, null, null, left),
				cursor, limit);
	}

	/**
	 * Whom a person means: these, or all that a filter finds, so many at a time.
	 *
	 * @param cursor the {@code next} of the answer before
	 */
	record Bulk(@Nullable String by, @Nullable List<String> ids, @Nullable Filter filter, @Nullable String cursor) {
	}

	/** Null does not matter. */
	record Filter(@Nullable String connection, Reason.@Nullable Code reason) {
	}

}
