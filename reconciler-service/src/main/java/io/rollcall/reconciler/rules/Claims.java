package io.rollcall.reconciler.rules;

import java.util.Collection;

import io.rollcall.model.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * Who has and who wants an e-mail key, and who owns the organization, within the
 * organization that is decided about.
 */
public interface Claims {

	/** The account that has the key. */
	@Nullable Account holder(String emailKey);

	/** The account with an id. */
	@Nullable Account account(AccountId id);

	/** The accounts without a directory user that carry a key. */
	Collection<Account> keyed(String key);

	/** The accounts that want the key. */
	Collection<Account> wanters(String emailKey);

	/**
	 * The directory object of an account that has a key; null where nothing is known of
	 * it.
	 */
	@Nullable Facts factsOf(ObjectKey object);

	/**
	 * Whether nobody else owns the organization; an owner who is in use is on its list
	 * from now on.
	 */
	boolean isLastOwner(AccountId owner);

	/** Takes one off the list of owners. */
	void takeOff(AccountId owner);

}
