package io.rollcall.model.run;

/** Where a connection stands; a person's word, never a fault's. */
public enum ConnectionStatus {

	/** Being set up: nothing is read. */
	DRAFT,
	/** Read for a preview; nothing is decided. */
	READY,
	/** Read and decided. */
	ACTIVE,
	/** A person stopped reading; facts that are on their way are applied, no more. */
	PAUSED,
	/** Given up, all data kept. */
	DEACTIVATED

}
