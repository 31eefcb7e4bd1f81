package io.rollcall.reconciler.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.change.Change;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.directory.Observation.DecideRequested;
import io.rollcall.model.event.Envelope;
import io.rollcall.reconciler.flow.AfterWriting.Touched;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountChanges;
import io.rollcall.reconciler.rules.AccountStatus;
import io.rollcall.reconciler.rules.EmailKeys;
import io.rollcall.reconciler.rules.Link;
import io.rollcall.reconciler.rules.ObjectKey;
import reactor.core.publisher.Mono;

/**
 * Who is to be decided again because of an e-mail address: whoever wants one that became
 * free, and whoever has one that another wants. Read after the write, so that of two
 * writers at least one sees the other; told from what is stored, so that a redelivery
 * asks again.
 */
final class EmailRequests {

	private final Accounts accounts;

	EmailRequests(Accounts accounts) {
		this.accounts = accounts;
	}

	Mono<List<Envelope<DecideRequested>>> after(Work work, Collection<Touched> touched, List<Pending> due) {
		Set<EmailKey> freed = freed(due);
		Set<EmailKey> offered = new LinkedHashSet<>();
		Map<EmailKey, List<Touched>> wanted = new LinkedHashMap<>();
		for (Touched one : touched) {
			Account account = one.account().document();
			if (account.emailKey() != null && AccountChanges.available(account)) {
				offered.add(new EmailKey(account.organization(), account.emailKey()));
			}
			if (account.held() != null && account.held().wants() != null) {
				wanted
					.computeIfAbsent(new EmailKey(account.organization(), account.held().wants()),
							(key) -> new ArrayList<>())
					.add(one);
			}
		}
		Set<EmailKey> free = new LinkedHashSet<>(freed);
		free.addAll(offered);
		if (free.isEmpty() && wanted.isEmpty()) {
			return Mono.just(List.of());
		}
		Requests requests = new Requests(work);
		return this.accounts.wanting(free)
			.doOnNext((wanters) -> wanters.forEach((wanter) -> tellWanter(requests, freed, wanter.document())))
			.then(this.accounts.byEmails(wanted.keySet()))
			.doOnNext((holders) -> tellHolders(requests, wanted, holders))
			.map((holders) -> requests.all());
	}

	/**
	 * Who waits may take a whole account over; who has one needs the address to be free.
	 */
	private static void tellWanter(Requests requests, Set<EmailKey> freed, Account wanter) {
		if (wanter.held() == null || wanter.held().wants() == null || wanter.link() == null) {
			return;
		}
		if (wanter.status() == AccountStatus.WAITING
				|| freed.contains(new EmailKey(wanter.organization(), wanter.held().wants()))) {
			requests.add(wanter, wanter.link(), "the e-mail address it wants became free");
		}
	}

	private static void tellHolders(Requests requests, Map<EmailKey, List<Touched>> wanted,
			List<Stored<Account>> holders) {
		Map<EmailKey, Account> byKey = new LinkedHashMap<>();
		holders.forEach((holder) -> {
			if (holder.document().emailKey() != null) {
				byKey.put(new EmailKey(holder.document().organization(), holder.document().emailKey()),
						holder.document());
			}
		});
		wanted.forEach((key, wanters) -> {
			Account holder = byKey.get(key);
			for (Touched wanter : wanters) {
				Account account = wanter.account().document();
				boolean takesOver = holder != null && account.status() == AccountStatus.WAITING
						&& AccountChanges.available(holder);
				if (account.link() != null && (holder == null || takesOver)) {
					requests.add(account, account.link(), "the e-mail address it wants became free");
				}
				else if (holder != null && holder.link() != null && !holder.id().equals(account.id())) {
					requests.add(holder, holder.link(), "another directory user wants its e-mail address");
				}
			}
		});
	}

	private static Set<EmailKey> freed(List<Pending> due) {
		Set<EmailKey> freed = new LinkedHashSet<>();
		for (Pending pending : due) {
			if (pending.change() instanceof Change.AccountUpdated updated) {
				for (FieldChange field : updated.fields()) {
					String key = (field.from() != null && Account.EMAIL.equals(field.field()))
							? EmailKeys.of(field.from()) : null;
					if (key != null) {
						freed.add(new EmailKey(updated.organization(), key));
					}
				}
			}
		}
		return freed;
	}

	/** One request an object. */
	private static final class Requests {

		private final Work work;

		private final Map<ObjectKey, Envelope<DecideRequested>> requests = new LinkedHashMap<>();

		private Requests(Work work) {
			this.work = work;
		}

		private void add(Account account, Link link, String reason) {
			Batch.Entry last = this.work.segment().entries().getLast();
			ObjectKey object = link.object();
			String id = "decide:%s:%d:%d".formatted(object, last.partition(), last.offset());
			this.requests.put(object, Envelope.of(id, "/rollcall/reconciler", this.work.now(),
					new DecideRequested(account.organization(), object.connection(), object.object(), reason, null)));
		}

		private List<Envelope<DecideRequested>> all() {
			return List.copyOf(this.requests.values());
		}

	}

}
