package io.rollcall.model.directory;

/** Why Graph says an object is gone. */
public enum Removal {

	/** Soft-deleted: may come back within 30 days ({@code @removed.reason = changed}). */
	RESTORABLE,
	/** Purged: never comes back under this id ({@code @removed.reason = deleted}). */
	PERMANENT

}
