/**
 * What the outside calls: Graph's webhook, and the REST API for people. Refusals become
 * problem details in {@code Problems}.
 */
@NullMarked
package io.rollcall.connector.web;

import org.jspecify.annotations.NullMarked;
