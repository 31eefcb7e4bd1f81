/**
 * Connections, sources, sync states and wanted objects in the service's own database.
 * Secrets pass through {@code Secrets} on the way; here the reactive driver's publishers
 * end, in {@code Await}.
 */
@NullMarked
package io.rollcall.connector.mongo;

import org.jspecify.annotations.NullMarked;
