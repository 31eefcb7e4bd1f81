package io.rollcall.benchmarks.stage;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.Accounts;
import io.rollcall.reconciler.flow.EmailKey;
import io.rollcall.reconciler.flow.Stored;
import io.rollcall.reconciler.flow.Write;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.ObjectKey;
import reactor.core.publisher.Mono;

/** Accounts in memory. Nobody ever waits for an address of another in a first sync. */
final class MemoryAccounts implements Accounts {

	private final Tape tape;

	private final Map<AccountId, Stored<Account>> accounts = new HashMap<>();

	private final Map<ObjectKey, AccountId> links = new HashMap<>();

	private final Map<String, AccountId> emails = new HashMap<>();

	MemoryAccounts(Tape tape) {
		this.tape = tape;
	}

	@Override
	public Mono<List<Stored<Account>>> byObjects(Collection<ObjectKey> objects) {
		this.tape.note((ports) -> ports.accounts().byObjects(objects));
		return Mono.just(objects.stream()
			.map(this.links::get)
			.filter(Objects::nonNull)
			.map(this.accounts::get)
			.filter(Objects::nonNull)
			.toList());
	}

	@Override
	public Mono<List<Stored<Account>>> byEmails(Collection<EmailKey> emails) {
		this.tape.note((ports) -> ports.accounts().byEmails(emails));
		return Mono.just(emails.stream()
			.map((email) -> this.emails.get(email.key()))
			.filter(Objects::nonNull)
			.map(this.accounts::get)
			.filter(Objects::nonNull)
			.toList());
	}

	@Override
	public Mono<List<Stored<Account>>> byIds(OrganizationId organization, Collection<AccountId> ids) {
		this.tape.note((ports) -> ports.accounts().byIds(organization, ids));
		return Mono.just(ids.stream().map(this.accounts::get).filter(Objects::nonNull).toList());
	}

	@Override
	public Mono<List<Stored<Account>>> wanting(Collection<EmailKey> emails) {
		this.tape.note((ports) -> ports.accounts().wanting(emails));
		return Mono.just(List.of());
	}

	@Override
	public Mono<Map<AccountId, Taken>> write(List<Write<Account>> accounts) {
		this.tape.note((ports) -> ports.accounts().write(accounts));
		for (Write<Account> write : accounts) {
			Account account = write.next().document();
			this.accounts.put(account.id(), write.next());
			if (account.link() != null) {
				this.links.put(account.link().object(), account.id());
			}
			if (account.emailKey() != null) {
				this.emails.put(account.emailKey(), account.id());
			}
		}
		return Mono.just(Map.of());
	}

}
