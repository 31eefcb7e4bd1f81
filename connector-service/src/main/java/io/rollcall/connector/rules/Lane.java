package io.rollcall.connector.rules;

/** Two runs of a connection may be in hand, one in each lane; their pages take turns. */
public enum Lane {

	/** Follows the live chains; goes first, but never twice while another waits. */
	LIVE,
	/** Opens new chains while the live ones serve hints. */
	BULK

}
