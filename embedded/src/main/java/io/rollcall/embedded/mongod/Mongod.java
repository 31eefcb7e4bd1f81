package io.rollcall.embedded.mongod;

import java.nio.file.Path;

/**
 * A {@code mongod} binary that runs on this machine, and the way by which it was found.
 */
public record Mongod(Path path, String version, String foundBy) {
}
