/**
 * Connections, sync states and runs in the service's own database. The {@code *Documents}
 * classes say how each is written; secrets pass through {@code SecretBox} on the way.
 */
@NullMarked
package io.rollcall.connector.mongo;

import org.jspecify.annotations.NullMarked;
