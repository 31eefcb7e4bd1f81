package io.rollcall.model.directory;

/**
 * What a directory object is. Kinds that Rollcall does not read (devices, contacts) are
 * {@link #OTHER}.
 */
public enum ObjectKind {

	USER, GROUP, ADMINISTRATIVE_UNIT, OTHER

}
